package dev.weir.loadgen.agent;

import dev.weir.loadgen.client.DescriptorTables;
import dev.weir.proxy.capacity.HostLimits;

/**
 * The processes that hold a load's connections, and the loops of each.
 *
 * <p>What one descriptor table can hold is held by the process that runs the lab; what is more, by one child whose loops have tables of their
 * own; and where the system refuses those, by as many children as it takes.
 *
 * @param children child processes; 0 for none but this one
 * @param loops of each process
 * @param connectionsEach the most that one process holds
 */
public record AgentShape(int children, LoopShape loops, int connectionsEach) {
    /** Files that an agent needs besides its connections. */
    public static final int DESCRIPTORS_SPARE = 512;

    /** What every table has of all loops: their epoll, event and timer descriptors. */
    private static final int DESCRIPTORS_PER_LOOP = 3;

    /**
     * The shape of a load.
     *
     * @param connections in all
     * @param descriptors the limit on open files
     * @param processors that the agents may use
     * @param tablesPermitted whether a thread may have a descriptor table of its own
     */
    public static AgentShape of(int connections, int descriptors, int processors, boolean tablesPermitted) {
        int each = Math.max(1, descriptors - DESCRIPTORS_SPARE);
        if (connections <= each) {
            return new AgentShape(0, LoopShape.shared(processors), connections);
        }
        if (tablesPermitted) {
            LoopShape loops = new LoopShape(loopsNeeded(connections, descriptors, processors), true);
            return new AgentShape(1, loops, connections);
        }
        int children = Math.ceilDiv(connections, each);
        return asked(connections, children, processors);
    }

    /** The same with at least one child: a process of its own can be confined. */
    public AgentShape inChildren() {
        return children > 0 ? this : new AgentShape(1, loops, connectionsEach);
    }

    /**
     * The shape of a load on this host.
     *
     * @param connections in all
     * @param limits of this host
     */
    public static AgentShape of(int connections, HostLimits limits) {
        // Asking takes a thread, and is in vain where one table is enough.
        boolean tables =
                connections > limits.descriptors() && DescriptorTables.refusal().isEmpty();
        return of(connections, limits.descriptors(), limits.cores(), tables);
    }

    /** Connections are dealt to the loops in turn, so every table but the last is equally full. */
    private static int loopsNeeded(int connections, int descriptors, int processors) {
        int loops = Math.max(processors, Math.ceilDiv(connections, Math.max(1, descriptors - DESCRIPTORS_SPARE)));
        int spare = DESCRIPTORS_SPARE + loops * DESCRIPTORS_PER_LOOP;
        return Math.max(loops, Math.ceilDiv(connections, Math.max(1, descriptors - spare)));
    }

    /**
     * So many child processes, as a user asked for; 0 loads from this one.
     *
     * @param connections in all
     * @param processors that the agents may use
     */
    public static AgentShape asked(int connections, int children, int processors) {
        int processes = Math.max(1, children);
        return new AgentShape(
                children, LoopShape.shared(Math.max(1, processors / processes)), Math.ceilDiv(connections, processes));
    }
}
