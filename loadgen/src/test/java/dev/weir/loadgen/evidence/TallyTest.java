package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Missing;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void shouldKeepBeforePeakAndAfterWhenAGaugeRisesAndFalls() {
        for (double value : new double[] {3, 9, 4}) {
            add("edge", "ss", "down.persist", value);
        }

        assertThat(tally.evidence(List.of("edge")))
                .containsExactly(new Evidence("e1", "edge", "ss", "down.persist", "1", 3, 9, 4));
    }

    @Test
    void shouldCountFromZeroWhenACounterAppearsInMidRun() {
        tally.add("gateway", "gateway", List.of());
        add("gateway", "gateway", "client_num_server_disconnects{code=3008}", 5);

        assertThat(tally.evidence(List.of()).getFirst().before()).isZero();
    }

    @Test
    void shouldNumberByHopProbeAndKeyWhenReadInAnotherOrder() {
        add("host", "netstat", "B", 1);
        add("edge", "ss", "A", 1);
        add("edge", "process", "Z", 1);

        assertThat(tally.evidence(List.of("edge", "host")))
                .extracting(e -> e.id() + " " + e.hop() + " " + e.key())
                .containsExactly("e1 edge Z", "e2 edge A", "e3 host B");
    }

    @Test
    void shouldBeMissingOnlyWhenTheLastReadFailed() {
        tally.fail("edge", "ss", "ss not found");
        tally.fail("ingress", "error-log", "too late");
        add("ingress", "error-log", "lines", 1);
        add("gateway", "gateway", "x", 1);
        tally.fail("gateway", "gateway", "connection refused");

        assertThat(tally.missing())
                .containsExactly(
                        new Missing("edge", "ss", "ss not found"),
                        new Missing("gateway", "gateway", "stopped answering: connection refused"));
    }

    private void add(String hop, String probe, String key, double value) {
        tally.add(hop, probe, List.of(new Reading(hop, probe, key, "1", value)));
    }
}
