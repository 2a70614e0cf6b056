package dev.weir.loadgen.scenario;

import java.util.List;

/**
 * A published failure, or its absence, that one command reproduces. Add one: a record here, a page in {@code docs/scenarios}, a line in
 * {@link Scenarios}, an integration test.
 */
public sealed interface Scenario
        permits Hold,
                Traffic,
                Soak,
                IdleTimeout,
                ZeroWindow,
                WorkerSlots,
                OpenFiles,
                ProxyOom,
                ProxyMemory,
                TcpMemory,
                Orphans,
                ClientPorts,
                ProxyPorts,
                ConntrackRate,
                DisconnectStorm,
                ConntrackFull,
                NatForgets,
                WorkerPreallocation,
                TooFewAgents,
                AgentThreads {
    /** The room that {@link Plan#everyone} puts every connection into. */
    String EVERYONE = "everyone";

    /** As typed, kebab-case. */
    String name();

    /** One line: what breaks. */
    String says();

    /** Which field report it comes from, e.g. {@code B2}; empty when from none. */
    String report();

    /** What fixes it, in one line; empty for a scenario without a fault. */
    String fix();

    /** In the order in which they run. */
    List<Variant> variants();

    /** Which variants {@code --variant both} means. */
    default List<Variant> pair() {
        return variants().stream()
                .filter(variant ->
                        variant.name().equals("broken") || variant.name().equals("fixed"))
                .toList();
    }

    /**
     * The plan of one variant.
     *
     * @param variant one of {@link #variants()}
     * @param wish what the user asked for
     */
    Plan plan(Variant variant, Wish wish);
}
