package dev.weir.loadgen.traffic;

import dev.weir.loadgen.measure.Operation;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many operations of each interface are asked for in a second.
 *
 * <p><b>Example:</b> {@code Mix.of(5_000).with(Map.of(Operation.RPC, 0.0)).times(2)}.
 *
 * @param perSecond rates, not negative; an operation that is missing is not asked for. What follows another has that one's rate
 */
public record Mix(Map<Operation, Double> perSecond) {
    private static final double RATE_MIN = 1;

    public Mix {
        perSecond.forEach((operation, rate) -> {
            if (operation.follows().isPresent() || !(rate >= 0) || rate.isInfinite()) {
                throw new IllegalArgumentException(
                        "rate must be >= 0, of an operation that has its own: " + operation.id() + "=" + rate);
            }
        });
        perSecond = Map.copyOf(perSecond);
    }

    /**
     * The mix for a number of connections: each stays for 100 seconds, and does in that time two subscribes, two calls, and sends a message less
     * than every second time.
     *
     * @param connections how many are held
     */
    public static Mix of(int connections) {
        return new Mix(Map.of(
                Operation.CONNECT, rate(connections / 100.0, 500),
                Operation.SUBSCRIBE, rate(connections / 50.0, 2_000),
                Operation.PUBLISH, rate(connections / 250.0, 500),
                Operation.API, rate(connections / 250.0, 500),
                Operation.RPC, rate(connections / 50.0, 2_000)));
    }

    /** Whole numbers are easier to compare; above the maximum one machine measures itself. */
    private static double rate(double perSecond, double most) {
        return Math.clamp(Math.rint(perSecond), RATE_MIN, most);
    }

    /** The rate of an operation; of one that follows another, that one's; 0 when it is not asked for. */
    public double rate(Operation operation) {
        return perSecond.getOrDefault(operation.follows().orElse(operation), 0.0);
    }

    /** Operations a second, those that follow others included. */
    public double total() {
        double total = 0;
        for (Operation operation : Operation.values()) {
            total += rate(operation);
        }
        return total;
    }

    /** The same with some rates replaced. */
    public Mix with(Map<Operation, Double> rates) {
        Map<Operation, Double> all = new EnumMap<>(Operation.class);
        all.putAll(perSecond);
        all.putAll(rates);
        return new Mix(all);
    }

    /** All rates multiplied by a factor, at least 0. */
    public Mix times(double factor) {
        Map<Operation, Double> all = new EnumMap<>(Operation.class);
        perSecond.forEach((operation, rate) -> all.put(operation, rate * factor));
        return new Mix(all);
    }
}
