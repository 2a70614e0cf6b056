package dev.weir.loadgen.scenario;

import java.util.List;
import java.util.Optional;

/** All scenarios, in the order in which {@code run all} takes them. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new Hold(),
            new Traffic(),
            new Soak(),
            new IdleTimeout(),
            new ZeroWindow(),
            new WorkerSlots(),
            new OpenFiles(),
            new ProxyOom(),
            new TcpMemory(),
            new Orphans(),
            new ClientPorts(),
            new ProxyPorts(),
            new ConntrackFull(),
            new ConntrackRate(),
            new NatForgets(),
            new DisconnectStorm(),
            new WorkerPreallocation(),
            new TooFewAgents(),
            new AgentThreads());

    private Scenarios() {}

    /** Every scenario. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** The scenario of that name. */
    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
