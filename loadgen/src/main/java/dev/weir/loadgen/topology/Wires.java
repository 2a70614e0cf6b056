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
        int portsPerGateway = perProcess(connections, chain.gateways(), limits);
        int portsPerIngress = chain.ingresses() == 0 ? 0 : perProcess(connections, chain.ingresses(), limits);
        int entrances = chain.edges() > 0
                ? chain.edges()
                : chain.ingresses() > 0 ? chain.ingresses() * portsPerIngress : chain.gateways() * portsPerGateway;
        long sources = Capacity.upstreamsNeeded(connections, limits.ports(), entrances);
        return new Wires(portsPerGateway, portsPerIngress, sources <= 1 ? List.of() : addresses(sources));
    }

    private static int perProcess(int connections, int processes, HostLimits limits) {
        long needed = Capacity.upstreamsNeeded(connections, limits.ports(), 1);
        return Math.toIntExact(Math.max(1, (needed + processes - 1) / processes));
    }

    private static List<String> addresses(long count) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add("127.0." + (1 + i / 250) + "." + (1 + i % 250));
        }
        return addresses;
    }
}
