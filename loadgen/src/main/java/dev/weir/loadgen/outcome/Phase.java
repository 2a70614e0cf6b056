package dev.weir.loadgen.outcome;

/**
 * One phase of a run as the agents lived it.
 *
 * @param name e.g. {@code ramp}, {@code broadcast}, {@code hold}
 * @param startMillis since the start of the run
 * @param durationMillis how long it took
 * @param connections connections opened, held, failed and closed
 * @param deliveries of normal readers
 * @param slowDeliveries of throttled and stalled readers
 * @param latencyMillis latencies of normal readers
 * @param generator the generator's own state
 */
public record Phase(
        String name,
        long startMillis,
        long durationMillis,
        Connections connections,
        Deliveries deliveries,
        Deliveries slowDeliveries,
        Latencies latencyMillis,
        GeneratorLoad generator) {
    /** A phase of this name lets fresh JVMs compile what they run; nothing is concluded from it. */
    public static final String WARM_UP = "warm-up";
}
