package dev.weir.loadgen.topology;

import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Station;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ports and addresses a chain of a size needs, by the arithmetic of the planner: at each hop half of the source ports per (source, destination) pair.
 *
 * @param portsPerGateway listening ports of each gateway process
 * @param portsPerIngress listening ports of each ingress proxy
 * @param portsPerEdge listening ports of each edge proxy
 * @param agentSources source addresses for the agents, {@code 127.0.1.1} and up; empty when one is enough
 */
public record Wires(int portsPerGateway, int portsPerIngress, int portsPerEdge, List<String> agentSources) {
    /** Nothing is planned yet. */
    static final Wires NONE = new Wires(0, 0, 0, List.of());

    public Wires {
        agentSources = List.copyOf(agentSources);
    }

    /**
     * What a load needs.
     *
     * @param wired a load with every number that was left open put in
     */
    public static Wires of(Load wired) {
        int sources = wired.stations().getFirst().sources();
        return new Wires(
                listening(wired, "gateway"),
                listening(wired, "ingress"),
                listening(wired, "edge"),
                sources <= 1 ? List.of() : addresses(sources));
    }

    /** The same with the agents at these addresses. */
    Wires from(List<String> sources) {
        return new Wires(portsPerGateway, portsPerIngress, portsPerEdge, sources);
    }

    private static int listening(Load wired, String name) {
        return wired.stations().stream()
                .filter(station -> station.name().equals(name))
                .mapToInt(Station::listening)
                .findFirst()
                .orElse(0);
    }

    private static List<String> addresses(int count) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add("127.0." + (1 + i / 250) + "." + (1 + i % 250));
        }
        return addresses;
    }
}
