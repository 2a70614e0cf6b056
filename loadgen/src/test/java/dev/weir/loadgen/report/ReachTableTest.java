package dev.weir.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Reach;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTableTest {
    private static final GeneratorLoad AT_EASE = new GeneratorLoad(0.1, 1, 0, 0, 0);
    private static final GeneratorLoad AT_ITS_LIMIT = new GeneratorLoad(0.99, 300, 0, 0, 0);

    @Test
    void shouldSayNothingWhereNoMessageWasSentAlone() {
        assertThat(ReachTable.lines(List.of(phase("ramp", AT_EASE), phase("hold", AT_EASE))))
                .isEmpty();
    }

    @Test
    void shouldHoldEachRoomAgainstTheFirst() {
        List<String> lines = ReachTable.lines(List.of(
                phase(Phase.WARM_UP, AT_EASE, new Reach(15_000, 900)),
                phase("to-first", AT_EASE, new Reach(15_000, 200), new Reach(15_000, 100), new Reach(15_000, 150)),
                phase("broadcast", AT_EASE, new Reach(1_000_000, 12_500))));

        assertThat(lines.get(2).split(" +"))
                .containsExactly("to-first", "3", "15,000", "150", "100", "200", "100,000", "1.00");
        assertThat(lines.get(3).split(" +"))
                .containsExactly("broadcast", "1", "1,000,000", "12,500", "12,500", "12,500", "80,000", "0.80");
        assertThat(lines).noneMatch(line -> line.contains(Phase.WARM_UP) || line.contains("*"));
    }

    @Test
    void shouldMarkWhatTheGeneratorMayHaveHeldUp() {
        List<String> lines = ReachTable.lines(List.of(phase("broadcast", AT_ITS_LIMIT, new Reach(1_000, 100))));

        assertThat(lines.get(2).split(" +"))
                .containsExactly("broadcast", "1", "1,000", "100*", "100*", "100*", "10,000*", "1.00*");
        assertThat(lines.getLast()).startsWith("* the load generator was itself at its limit");
    }

    @Test
    void shouldLeaveOutMessagesThatNobodyHad() {
        List<String> lines =
                ReachTable.lines(List.of(phase("broadcast", AT_EASE, new Reach(0, 0), new Reach(1_000, 100))));

        assertThat(lines.get(2).split(" +"))
                .containsExactly("broadcast", "1", "1,000", "100", "100", "100", "10,000", "1.00");
        assertThat(ReachTable.lines(List.of(phase("broadcast", AT_EASE, new Reach(0, 0)))))
                .isEmpty();
    }

    private static Phase phase(String name, GeneratorLoad generator, Reach... reaches) {
        return new Phase(
                        name,
                        0,
                        1_000,
                        new Connections(0, 0, 0, List.of(), List.of()),
                        Deliveries.NONE,
                        Deliveries.NONE,
                        new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                        generator)
                .with(List.of(), List.of(), List.of(reaches));
    }
}
