package dev.weir.loadgen.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Threshold;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Threshold P99 = new Threshold.OfInterface("p(99)<100ms", Optional.empty(), 99, 100);
    private static final GeneratorLoad CALM = new GeneratorLoad(0.3, 1, 1, 0, 0);

    private static InterfaceLoad load(String name, long asked, long answered, double p99Millis) {
        Percentiles latency = new Percentiles(answered, 1, 2, 3, p99Millis, p99Millis, p99Millis);
        return new InterfaceLoad(
                name,
                asked,
                new InterfaceLoad.Rate(answered, answered, answered, answered),
                asked,
                answered,
                answered,
                0,
                List.of(),
                new InterfaceLoad.Latency(latency, latency),
                new InterfaceLoad.Caused(0, 0));
    }

    private static Phase phase(GeneratorLoad generator, List<Close> closed, InterfaceLoad... loads) {
        return new Phase(
                        "find ×2",
                        0,
                        1_000,
                        new Connections(10, 0, 10, List.of(), closed),
                        Deliveries.NONE,
                        Deliveries.NONE,
                        new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                        generator)
                .with(List.of(loads), List.of(), List.of());
    }

    @Test
    void shouldPassWhenEveryInterfaceKeepsTheThreshold() {
        Phase phase = phase(CALM, List.of(), load("rpc", 100, 100, 99), load("publish", 1_000, 995, 5));

        assertThat(Trial.of(phase, P99)).isEqualTo(new Trial(Trial.Result.PASSED, List.of()));
    }

    @Test
    void shouldFailWhenTheWorstInterfaceMissesIt() {
        Trial trial = Trial.of(phase(CALM, List.of(), load("rpc", 100, 100, 120), load("api", 9, 9, 5)), P99);

        assertThat(trial.result()).isEqualTo(Trial.Result.FAILED);
        assertThat(trial.why()).containsExactly("p(99)<100ms was missed: rpc 120.0 ms");
    }

    @Test
    void shouldLookAtOneInterfaceWhenOneIsNamed() {
        Threshold ofApi = new Threshold.OfInterface("api p(99)<100ms", Optional.of(Operation.API), 99, 100);

        Trial trial = Trial.of(phase(CALM, List.of(), load("rpc", 100, 100, 120), load("api", 9, 9, 5)), ofApi);

        assertThat(trial.result()).isEqualTo(Trial.Result.PASSED);
    }

    @Test
    void shouldFailWhenAnswersAreFastAndFew() {
        Trial trial = Trial.of(phase(CALM, List.of(), load("rpc", 1_000, 900, 1)), P99);

        assertThat(trial.why()).containsExactly("rpc answered 900 of 1,000");
    }

    @Test
    void shouldFailWhenHeldConnectionsEnd() {
        Percentiles age = Percentiles.NONE;
        Close close = new Close("edge", "fin", 1006, "", 3, "normal", age, age, 0, 0);

        Trial trial = Trial.of(phase(CALM, List.of(close), load("rpc", 10, 10, 1)), P99);

        assertThat(trial.why()).containsExactly("3 held connections ended");
    }

    @Test
    void shouldShowNothingWhenTheGeneratorIsSaturated() {
        GeneratorLoad busy = new GeneratorLoad(0.95, 1, 1, 0, 0);

        Trial trial = Trial.of(phase(busy, List.of(), load("rpc", 10, 10, 500)), P99);

        assertThat(trial.result()).isEqualTo(Trial.Result.VOID);
    }
}
