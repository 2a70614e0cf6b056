package dev.weir.loadgen.agent;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this host can open the connections of a load, by arithmetic, before any is opened.
 *
 * @param limits of this host
 */
public record Preflight(HostLimits limits) {
    private static final int DESCRIPTORS_SPARE = AgentShape.DESCRIPTORS_SPARE;

    /**
     * What this host lacks, each with the arithmetic and the remedy; empty when nothing.
     *
     * @param connections in all
     * @param agents processes that share them
     * @param sources source addresses; 0 lets the kernel choose one
     * @param targets different target addresses and ports
     */
    public List<String> lacks(int connections, int agents, int sources, int targets) {
        List<String> lacks = new ArrayList<>();
        long perAgent = (connections + agents - 1L) / agents + DESCRIPTORS_SPARE;
        if (perAgent > limits.descriptors()) {
            long agentsNeeded = Math.ceilDiv(connections, Math.max(1, limits.descriptors() - DESCRIPTORS_SPARE));
            lacks.add(
                    "fd limit must be >= connections/agents + " + DESCRIPTORS_SPARE + ": limit=" + limits.descriptors()
                            + " connections=" + connections + " agents=" + agents
                            + "; use --agents " + agentsNeeded + ", raise 'ulimit -n' or lower -c");
        }
        // Beyond half of a range, connect() scans all ports of one parity in vain before it tries the other: 150
        // connects a second.
        PortRange ports = limits.ports();
        long planned = Capacity.plannedTuples(ports, Math.max(1, sources), targets);
        if (connections > planned) {
            long sourcesNeeded = Math.ceilDiv(connections, Capacity.plannedTuples(ports, 1, targets));
            lacks.add("source ports must be >= connections: ports=" + planned + " (half of "
                    + ports.first() + "-" + ports.last() + " × " + Math.max(1, sources) + " source addresses × "
                    + targets
                    + " targets) connections=" + connections + "; give --source-ip " + sourcesNeeded
                    + " addresses (on loopback e.g. 127.0.0.2-127.0.0." + (1 + sourcesNeeded)
                    + "), widen net.ipv4.ip_local_port_range or lower -c");
        }
        return lacks;
    }
}
