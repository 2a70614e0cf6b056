package dev.weir.loadgen.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A gateway died, and 2,000 of 4,000 connections of the agents with it. */
final class AgentTeardownTest {
    private static final long HELD = 4_000;
    private static final Phase RAMP = phase("ramp", HELD, HELD, 1_900, 0);

    @Test
    void shouldNameTheAgentsWhenItIsTheyThatStall() {
        Cause cause = burst(List.of(RAMP, calm(20), storm(2_000, 640))).orElseThrow();

        assertThat(cause.hop()).isEqualTo("agents");
        assertThat(cause.rank()).isEqualTo(Rank.LIKELY);
        assertThat(cause.says())
                .isEqualTo(
                        "agents stalled for 640 ms when 2,000 connections ended at once; before, they were late by at most 20 ms");
        assertThat(cause.because()).contains("e1", "e2");
    }

    @Test
    void shouldBeCertainFromASecondOn() {
        assertThat(burst(List.of(RAMP, calm(20), storm(2_000, 1_300)))
                        .orElseThrow()
                        .rank())
                .isEqualTo(Rank.CERTAIN);
    }

    @Test
    void shouldClaimLittleWhenTheyWereAtTheirLimitBefore() {
        Phase late = phase("calm", 0, HELD, 200, 150);

        assertThat(burst(List.of(RAMP, late, storm(2_000, 900))).orElseThrow().rank())
                .isEqualTo(Rank.POSSIBLE);
    }

    @Test
    void shouldNotNameAgentsThatWereLateAnyhowOrHardlyAtAll() {
        assertThat(burst(List.of(RAMP, calm(90), storm(2_000, 260)))).isEmpty();
        assertThat(burst(List.of(RAMP, calm(5), storm(2_000, 200)))).isEmpty();
    }

    @Test
    void shouldNotNameThemWhenFewConnectionsEnd() {
        assertThat(burst(List.of(RAMP, calm(20), storm(300, 900)))).isEmpty();
    }

    @Test
    void shouldSayNothingWhenNobodyKnowsHowTheyRanBefore() {
        assertThat(burst(List.of(RAMP, storm(2_000, 900)))).isEmpty();
    }

    private static Optional<Cause> burst(List<Phase> phases) {
        List<Evidence> evidence = List.of(
                new Evidence("e1", "edge", "nginx-status", "teardown.closed", "1", 0, 2_000, 2_000),
                new Evidence("e2", "agents", "process", "cpu.share.max", "share", 0, 0.9, 0.1));
        return Diagnosis.of(phases, evidence, List.of(), List.of(new Hop("edge", "nginx", "1", List.of(1L), "")))
                .causes()
                .stream()
                .filter(cause -> cause.resource() == Resource.TEARDOWN_BURST)
                .findFirst();
    }

    private static Phase calm(double lateMillisMax) {
        return phase("calm", 0, HELD, lateMillisMax, 3);
    }

    private static Phase storm(long ended, double lateMillisMax) {
        return phase("storm", 0, HELD - ended, lateMillisMax, lateMillisMax);
    }

    private static Phase phase(String name, long opened, long held, double lateMillisMax, double lateMillisP99) {
        Percentiles age = new Percentiles(10, 1, 1, 1, 1, 1, 1);
        List<Close> closed = held < HELD
                ? List.of(new Close("edge", "fin", 1006, "", HELD - held, "normal", age, age, 100, 900))
                : List.of();
        return new Phase(
                name,
                0,
                1_000,
                new Connections(HELD, opened, held, List.of(), closed),
                new Deliveries(1, 10, 10, 0, 0, 0),
                Deliveries.NONE,
                new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                new GeneratorLoad(0.2, lateMillisP99, lateMillisMax, 1, 0, 0));
    }
}
