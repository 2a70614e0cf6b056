package dev.weir.loadgen.topology;

import dev.weir.loadgen.scenario.Chain;
import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.HostLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ports and addresses a chain of a size needs: at each hop half of the source ports per (source, destination) pair.
 *
 * @param portsPerGateway listening ports of each gateway process
 * @param portsPerIngress listening ports of each ingress proxy
 * @param agentSources source addresses for the agents, {@code 127.0.1.1} and up; empty when one is enough
 */
public record Wires(int portsPerGateway, int portsPerIngress, List<String> agentSources) {
    /** How much of what is planned for a pair is used. */
    private static final int PLANNED_PERCENT = 60;

    public Wires {
        agentSources = List.copyOf(agentSources);
    }

    /**
     * What a chain needs.
     *
     * @param chain the hops
     * @param limits of this machine
     */
    public static Wires of(Chain chain, HostLimits limits) {
        int connections = chain.connections();
        // Clients come from many addresses to one port; a proxy comes from one address to many ports.
        boolean direct = chain.edges() == 0 && chain.ingresses() == 0;
        int portsPerGateway = direct ? 1 : perProcess(connections, chain.gateways(), limits);
        int portsPerIngress = chain.ingresses() == 0 ? 0 : perProcess(connections, chain.ingresses(), limits);
        int entrances = chain.edges() > 0
                ? chain.edges()
                : chain.ingresses() > 0 ? chain.ingresses() * portsPerIngress : chain.gateways() * portsPerGateway;
        long sources = Math.ceilDiv(pairs(connections, limits), (long) entrances);
        return new Wires(portsPerGateway, portsPerIngress, sources <= 1 ? List.of() : addresses(sources));
    }

    private static int perProcess(int connections, int processes, HostLimits limits) {
        return Math.toIntExact(Math.max(1, Math.ceilDiv(pairs(connections, limits), (long) processes)));
    }

    /**
     * (Source, destination) pairs for a number of connections, with room below the knee: near it {@code connect()} tries ever more ports before it
     * finds a free one. A million over 71 addresses, all of what is planned, came to a crawl at 820,000; over 119 it did not.
     */
    private static long pairs(int connections, HostLimits limits) {
        return Capacity.upstreamsNeeded(Math.ceilDiv(connections * 100L, PLANNED_PERCENT), limits.ports(), 1);
    }

    private static List<String> addresses(long count) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add("127.0." + (1 + i / 250) + "." + (1 + i % 250));
        }
        return addresses;
    }
}
