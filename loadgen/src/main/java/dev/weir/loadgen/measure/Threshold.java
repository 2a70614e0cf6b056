package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The measured value as a person reads it, e.g. {@code 143.0 ms} or {@code rpc 143.0 ms}. */
    default String says(List<Phase> phases) {
        return switch (this) {
            case OfLatency _ -> String.format(Locale.ROOT, "%,.1f ms", measured(phases));
            case OfInterface of -> String.format(Locale.ROOT, "%s %,.1f ms", of.worst(phases), measured(phases));
            case OfCount _ -> String.format(Locale.ROOT, "%,.0f", measured(phases));
        };
    }

    /** Why it claims nothing: nothing was measured, or the generator was the limit in a phase that it is measured in. Empty when it does. */
    Optional<String> voidBecause(List<Phase> phases);

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

    private static Optional<String> voidBecause(Stream<Phase> measuredIn) {
        List<Phase> phases = measuredIn.toList();
        if (phases.isEmpty()) {
            return Optional.of("nothing was measured");
        }
        return phases.stream()
                        .allMatch(phase -> Saturation.tripped(phase.generator()).isEmpty())
                ? Optional.empty()
                : Optional.of("the generator was the limit");
    }

    private static double at(Percentiles values, double percentile) {
        return switch ((int) (percentile * 10)) {
            case 100 -> values.p10();
            case 500 -> values.p50();
            case 900 -> values.p90();
            case 990 -> values.p99();
            case 999 -> values.p999();
            default -> values.max();
        };
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
            return at(values(phase), percentile);
        }

        private Percentiles values(Phase phase) {
            return switch (latency) {
                case CONNECT -> phase.latencyMillis().connect();
                case DELIVER -> phase.latencyMillis().deliverIntended();
            };
        }

        @Override
        public Optional<String> voidBecause(List<Phase> phases) {
            return Threshold.voidBecause(
                    phases.stream().filter(phase -> values(phase).count() > 0));
        }

        @Override
        public boolean passes(List<Phase> phases) {
            return measured(phases) < limitMillis;
        }
    }

    /**
     * A percentile of the time from when an operation was due to its answer, below a limit, at the worst interface in the worst phase that has any.
     *
     * @param text how it was typed
     * @param operation which interface; empty for every one
     * @param percentile as in {@link OfLatency}
     * @param limitMillis exclusive
     */
    record OfInterface(String text, Optional<Operation> operation, double percentile, double limitMillis)
            implements Threshold {
        @Override
        public double measured(List<Phase> phases) {
            return meant(phases).mapToDouble(this::of).max().orElse(0);
        }

        /** The name of the interface that is the worst; empty when there is none. */
        String worst(List<Phase> phases) {
            return meant(phases)
                    .max(Comparator.comparingDouble(this::of))
                    .map(InterfaceLoad::name)
                    .orElse("");
        }

        private double of(InterfaceLoad load) {
            return at(load.latencyMillis().intended(), percentile);
        }

        private Stream<InterfaceLoad> meant(List<Phase> phases) {
            return phases.stream()
                    .flatMap(phase -> phase.interfaces().stream())
                    .filter(load -> operation.isEmpty() || operation.get().id().equals(load.name()));
        }

        @Override
        public Optional<String> voidBecause(List<Phase> phases) {
            return Threshold.voidBecause(phases.stream()
                    .filter(phase -> meant(List.of(phase)).findAny().isPresent()));
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
        public Optional<String> voidBecause(List<Phase> phases) {
            return Optional.empty();
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
