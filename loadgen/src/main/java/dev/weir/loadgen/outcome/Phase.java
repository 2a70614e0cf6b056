package dev.weir.loadgen.outcome;

import java.util.List;
import java.util.Objects;

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
 * @param interfaces the interfaces that were under load; empty in a phase without traffic
 * @param costs what each hop spent on it; empty in a phase without traffic
 * @param reaches of messages that were sent one by one, each when all had the one before; empty in a phase without such
 */
public record Phase(
        String name,
        long startMillis,
        long durationMillis,
        Connections connections,
        Deliveries deliveries,
        Deliveries slowDeliveries,
        Latencies latencyMillis,
        GeneratorLoad generator,
        List<InterfaceLoad> interfaces,
        List<HopCost> costs,
        List<Reach> reaches) {
    public Phase {
        // Older records lack these three.
        reaches = List.copyOf(Objects.requireNonNullElse(reaches, List.of()));
        interfaces = List.copyOf(Objects.requireNonNullElse(interfaces, List.of()));
        costs = List.copyOf(Objects.requireNonNullElse(costs, List.of()));
    }

    /** A phase without traffic. */
    public Phase(
            String name,
            long startMillis,
            long durationMillis,
            Connections connections,
            Deliveries deliveries,
            Deliveries slowDeliveries,
            Latencies latencyMillis,
            GeneratorLoad generator) {
        this(
                name,
                startMillis,
                durationMillis,
                connections,
                deliveries,
                slowDeliveries,
                latencyMillis,
                generator,
                List.of(),
                List.of(),
                List.of());
    }

    /** The same phase with the interfaces that were under load in it, what it cost, and what became of messages that were sent one by one. */
    public Phase with(List<InterfaceLoad> load, List<HopCost> spent, List<Reach> messages) {
        return new Phase(
                name,
                startMillis,
                durationMillis,
                connections,
                deliveries,
                slowDeliveries,
                latencyMillis,
                generator,
                load,
                spent,
                messages);
    }

    /** Connections that came up, over all of some phases. */
    public static long opened(List<Phase> phases) {
        return phases.stream().mapToLong(phase -> phase.connections().opened()).sum();
    }

    /** A phase of this name lets fresh JVMs compile what they run; nothing is concluded from it. */
    public static final String WARM_UP = "warm-up";
}
