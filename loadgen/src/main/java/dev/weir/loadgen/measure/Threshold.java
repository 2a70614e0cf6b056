package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import java.util.List;

/**
 * A bar that a load must pass.
 *
 * <p><b>Threading:</b> immutable.
 */
public sealed interface Threshold {
    /** How it was typed. */
    String text();

    /** The value that is compared. */
    double measured(List<Phase> phases);

    /** Whether the bar is passed. */
    boolean passes(List<Phase> phases);

    /** Whether it claims nothing, because the generator was the limit in a phase that it is measured in. */
    boolean isVoid(List<Phase> phases);

    /** Which latency. */
    enum Latency {
        /** From TCP connect to ready. */
        CONNECT,
        /** From when a message was meant to be sent to its arrival. */
        DELIVER
    }

    /** Which count. */
    enum Count {
        FAILED,
        CLOSED,
        LOST,
        DUPLICATED,
        REORDERED
    }

    /**
     * A percentile of a latency below a limit, in the worst phase that has any.
     *
     * @param text how it was typed
     * @param latency which
     * @param percentile one of those that a record holds: 10, 50, 90, 99, 99.9 or 100 for the maximum
     * @param limitMillis exclusive
     */
    record OfLatency(String text, Latency latency, double percentile, double limitMillis) implements Threshold {
        @Override
        public double measured(List<Phase> phases) {
            return phases.stream().mapToDouble(this::of).max().orElse(0);
        }

        private double of(Phase phase) {
            Percentiles values = values(phase);
            return switch ((int) (percentile * 10)) {
                case 100 -> values.p10();
                case 500 -> values.p50();
                case 900 -> values.p90();
                case 990 -> values.p99();
                case 999 -> values.p999();
                default -> values.max();
            };
        }

        private Percentiles values(Phase phase) {
            return switch (latency) {
                case CONNECT -> phase.latencyMillis().connect();
                case DELIVER -> phase.latencyMillis().deliverIntended();
            };
        }

        @Override
        public boolean isVoid(List<Phase> phases) {
            return phases.stream()
                    .anyMatch(phase -> values(phase).count() > 0
                            && !Saturation.tripped(phase.generator()).isEmpty());
        }

        @Override
        public boolean passes(List<Phase> phases) {
            return measured(phases) < limitMillis;
        }
    }

    /**
     * A count below a limit, over all phases.
     *
     * @param text how it was typed
     * @param count which
     * @param limit exclusive
     */
    record OfCount(String text, Count count, double limit) implements Threshold {
        @Override
        public double measured(List<Phase> phases) {
            return phases.stream().mapToLong(this::of).sum();
        }

        @Override
        public boolean isVoid(List<Phase> phases) {
            return false;
        }

        private long of(Phase phase) {
            return switch (count) {
                case FAILED -> phase.connections().failedCount();
                case CLOSED -> phase.connections().closedCount();
                case LOST -> phase.deliveries().lost();
                case DUPLICATED -> phase.deliveries().duplicated();
                case REORDERED -> phase.deliveries().reordered();
            };
        }

        @Override
        public boolean passes(List<Phase> phases) {
            return measured(phases) < limit;
        }
    }
}
