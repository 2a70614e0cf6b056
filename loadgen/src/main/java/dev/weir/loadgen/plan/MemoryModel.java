package dev.weir.loadgen.plan;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.WorkerBudget;

/**
 * What a number of connections takes at each station. The one place of all constants; those of nginx stand in {@link Capacity}.
 *
 * <p><b>Source:</b> measured with {@code weir run hold} at 5,000 to 1,000,000 connections, 2 cores, 24 GB, Linux 6.18, JDK 25, nginx 1.22.1; live heap of a connection
 * with {@code make bench}. A run's report shows what it measured beside this, so that each can be measured again: docs/planning.md.
 */
public final class MemoryModel {
    /** Kernel memory of one idle socket that cannot be taken back; queued bytes come on top. */
    public static final long SOCKET_BYTES = Capacity.BYTES_PER_IDLE_SOCKET;

    /** A page of {@code tcp_mem}, its unit. */
    public static final long PAGE_BYTES = 4_096;

    /** An event loop with a descriptor table of its own: the table, with eight bytes and two bits a descriptor, and a thread. */
    public static final long BYTES_PER_TABLE = 300_000;

    /** A process of the gateway: {@code gateway/jvm.options} gives it a young generation of 96 MB, eden eight tenths of it, and keeps 15 % free. */
    public static final JvmMemory GATEWAY = new JvmMemory(84_000_000, 96_000_000 * 8 / 10, 8_000_000, 1_264, 0.15);

    /** HAProxy 2.6.12 with two threads, PSS of master and worker before any connection, and what 5,000 added. */
    private static final long HAPROXY_BYTES = 13_000_000;

    private static final long HAPROXY_BYTES_PER_CONNECTION = 7_400;

    private static final long AGENT_NATIVE = 97_000_000;
    /** Without the command line, the probes and the report. */
    private static final long CHILD_NATIVE = 70_000_000;

    private static final long AGENT_LIVE = 10_000_000;
    private static final long AGENT_LIVE_PER_CONNECTION = 1_200;
    /** Eden of a JVM that is told nothing: eight tenths of a third of its initial heap, which is a 64th of the machine. */
    private static final int RAM_PER_EDEN = 240;

    /** What {@code agent.Agents} gives a child: 150 bytes of young generation a connection, within these bounds. */
    private static final long YOUNG_PER_CONNECTION = 150;

    /** {@code MinHeapFreeRatio} of a JVM that is told nothing. */
    private static final double FREE_RATIO_DEFAULT = 0.4;

    private static final long YOUNG_MIN = 32L << 20;
    private static final long YOUNG_MAX = 256L << 20;

    /** The process that runs the lab while children hold the connections. */
    private static final long LAB_BYTES = 140_000_000;

    /** Kernel memory that a frame takes of {@code tcp_mem} beside its bytes: buffer head, shared info, room for headers. */
    private static final int FRAME_OVERHEAD_BYTES = 1_024;

    private MemoryModel() {}

    /**
     * The lab's own process, which holds the connections that fit into it.
     *
     * @param hostBytes memory of the machine
     */
    public static JvmMemory agent(long hostBytes) {
        return new JvmMemory(AGENT_NATIVE, hostBytes / RAM_PER_EDEN, AGENT_LIVE, AGENT_LIVE_PER_CONNECTION, 0);
    }

    /** A child process of agents. */
    public static JvmMemory child(long connections) {
        long young = Math.clamp(connections * YOUNG_PER_CONNECTION, YOUNG_MIN, YOUNG_MAX);
        return new JvmMemory(CHILD_NATIVE, young, AGENT_LIVE, AGENT_LIVE_PER_CONNECTION, FREE_RATIO_DEFAULT);
    }

    /**
     * One nginx with its workers.
     *
     * @param budget workers and slots
     * @param connections WebSockets through it
     */
    public static long nginxBytes(WorkerBudget budget, Workers workers, long connections) {
        return Capacity.MASTER_BYTES
                + budget.workers() * Capacity.WORKER_BYTES
                + Capacity.preallocatedBytes(budget.workers(), budget.slots())
                + connections * Capacity.workerBytesPerConnection(workers.bufferBytes(), workers.headerBytes());
    }

    /**
     * One HAProxy, master and worker, with connections through it: buffers go back when they are empty, so that a silent one has none.
     *
     * @param connections WebSockets through it
     */
    public static long haproxyBytes(long connections) {
        return HAPROXY_BYTES + connections * HAPROXY_BYTES_PER_CONNECTION;
    }

    /** User memory of all processes of a station of a load that is wired. */
    static long userBytes(Station station, long connections, HostFacts host) {
        long each = each(station, connections);
        long tables = host.descriptors().tablesFor(each);
        long tableBytes = tables > 1 ? tables * BYTES_PER_TABLE : 0;
        return switch (station) {
            case Station.Agents agents -> agentBytes(agents, each, host) + agents.processes() * tableBytes;
            case Station.Proxy proxy ->
                proxy.processes() * nginxBytes(budget(proxy, each, host.limits()), proxy.workers(), each);
            case Station.Haproxy proxy -> proxy.processes() * haproxyBytes(each);
            case Station.Gateway gateway -> gateway.processes() * (GATEWAY.bytes(each) + tableBytes);
            case Station.Target _ -> 0L;
        };
    }

    private static long agentBytes(Station.Agents agents, long each, HostFacts host) {
        boolean alone = agents.processes() == 1 && each <= host.descriptors().perTable();
        return alone
                ? agent(host.memory().totalBytes()).bytes(each)
                : LAB_BYTES + agents.processes() * child(each).bytes(each);
    }

    /** Kernel memory of a station's idle sockets. */
    static long kernelBytes(Station station, long connections) {
        return connections * station.sockets() * SOCKET_BYTES;
    }

    /** Pages of {@code tcp_mem} that an unread frame takes of one socket: one unread 128-byte frame was measured at nearly a page. */
    static long unreadPages(int payloadBytes) {
        return Math.ceilDiv(payloadBytes + FRAME_OVERHEAD_BYTES, PAGE_BYTES);
    }

    /** Connections of the fullest process of a station. */
    static long each(Station station, long connections) {
        return Math.ceilDiv(connections, station.processes());
    }

    static WorkerBudget budget(Station.Proxy proxy, long each, HostLimits limits) {
        return proxy.workers().budget(each, limits);
    }
}
