package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Meter;
import dev.weir.loadgen.measure.Tally;
import org.junit.jupiter.api.Test;

final class RunMetricsTest {
    private final RunMetrics metrics = new RunMetrics();

    private static Tally tally(int size) {
        Meter meter = new Meter();
        for (int i = 1; i <= size; i++) {
            meter.opened(i * 100_000L);
            meter.failed(new FailureKind("connect", "ECONNREFUSED", 0));
            meter.closed(new CloseKind("edge", "fin", 1006, "", Cohort.NORMAL), i * 10L, i, 5_000 + i);
            meter.deliveries(Cohort.NORMAL).delivered();
            meter.deliveries(Cohort.NORMAL).lost(1);
            meter.deliveries(Cohort.STALLED).lost(7);
            meter.arrived(2_000_000L * i, 1_000_000L * i);
        }
        return meter.take(size);
    }

    @Test
    void shouldHaveAllSeriesBeforeAnythingHappened() {
        assertThat(metrics.text().lines())
                .contains(
                        "weir_run_connections_target 0.0",
                        "weir_run_connections_held 0.0",
                        "weir_run_connections_opened_total 0.0",
                        "weir_run_deliveries_lost_total 0.0",
                        "weir_run_connect_seconds{quantile=\"0.5\"} NaN")
                .noneMatch(line -> line.startsWith("weir_run_phase{"));
    }

    @Test
    void shouldCountOverAllPhasesAndMeasureTheOneThatIsUnderWay() {
        metrics.add("hold/plain", "ramp", 10, tally(4));
        metrics.add("hold/plain", "ramp", 10, tally(3));
        metrics.add("hold/plain", "broadcast", 10, tally(2));
        assertThat(metrics.text().lines())
                .contains(
                        "weir_run_phase{phase=\"broadcast\",run=\"hold/plain\"} 1.0",
                        "weir_run_connections_target 10.0",
                        "weir_run_connections_held 2.0",
                        "weir_run_connections_opened_total 9.0",
                        "weir_run_connections_failed_total 9.0",
                        "weir_run_connections_ended_total 9.0",
                        "weir_run_deliveries_total 9.0",
                        "weir_run_deliveries_lost_total 9.0")
                .anyMatch(line -> line.startsWith("weir_run_connect_seconds{quantile=\"0.99\"} 0.2"))
                .anyMatch(line -> line.startsWith("weir_run_deliver_seconds{quantile=\"0.5\"} 2.0"))
                .noneMatch(line -> line.contains("ramp"));
    }

    @Test
    void shouldBeginAnewWithThePhaseOfTheSameNameOfAnotherRun() {
        metrics.add("hold/plain", "ramp", 10, tally(4));
        metrics.add("idle-timeout/broken", "ramp", 5, tally(1));
        assertThat(metrics.text().lines())
                .contains(
                        "weir_run_phase{phase=\"ramp\",run=\"idle-timeout/broken\"} 1.0",
                        "weir_run_connections_held 1.0")
                .anyMatch(line -> line.startsWith("weir_run_connect_seconds{quantile=\"0.99\"} 0.1"))
                .noneMatch(line -> line.contains("hold/plain"));
    }

    @Test
    void shouldHaveNoPhaseAndHoldNothingWhenTheRunHasEnded() {
        metrics.add("hold/plain", "ramp", 10, tally(4));
        metrics.end();
        assertThat(metrics.text().lines())
                .contains(
                        "weir_run_connections_held 0.0",
                        "weir_run_connections_opened_total 4.0",
                        "weir_run_connect_seconds{quantile=\"0.99\"} NaN")
                .noneMatch(line -> line.startsWith("weir_run_phase{"));
        metrics.add("hold/plain", "ramp", 10, tally(4));
        assertThat(metrics.text()).contains("weir_run_phase{phase=\"ramp\",run=\"hold/plain\"} 1.0");
    }
}
