package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ThresholdTest {
    private static List<Phase> phases() {
        Meter meter = new Meter();
        for (int millis = 1; millis <= 100; millis++) {
            meter.arrived(millis * 1_000L, 0);
            meter.opened(millis * 2_000L);
        }
        meter.deliveries(Cohort.NORMAL).lost(3);
        return List.of(meter.take(0).toPhase(new PhaseSpan("hold", 0, 1, 0), 1, Published.NONE));
    }

    @Test
    void shouldCompareTheIntendedLatencyWhenADeliveryIsMeant() {
        Threshold p99 = new Threshold.OfLatency("p(99)<98ms", Threshold.Latency.DELIVER, 99, 98);
        assertThat(p99.measured(phases())).isBetween(98.9, 99.2);
        assertThat(p99.passes(phases())).isFalse();
        assertThat(new Threshold.OfLatency("", Threshold.Latency.CONNECT, 50, 101).passes(phases()))
                .isTrue();
    }

    @Test
    void shouldSumCountsOverPhases() {
        Threshold lost = new Threshold.OfCount("lost<4", Threshold.Count.LOST, 4);
        assertThat(lost.measured(phases())).isEqualTo(3);
        assertThat(lost.passes(phases())).isTrue();
        assertThat(new Threshold.OfCount("lost<3", Threshold.Count.LOST, 3).passes(phases()))
                .isFalse();
    }

    @Test
    void shouldClaimNothingOfALatencyThatWasNeverMeasured() {
        List<Phase> silent = List.of(new Meter().take(0).toPhase(new PhaseSpan("hold", 0, 1, 0), 1, Published.NONE));
        Threshold p99 = new Threshold.OfLatency("p(99)<98ms", Threshold.Latency.DELIVER, 99, 98);
        assertThat(p99.voidBecause(silent)).contains("nothing was measured");
        assertThat(p99.voidBecause(phases())).isEmpty();
        assertThat(new Threshold.OfCount("lost<1", Threshold.Count.LOST, 1).voidBecause(silent))
                .isEmpty();
    }
}
