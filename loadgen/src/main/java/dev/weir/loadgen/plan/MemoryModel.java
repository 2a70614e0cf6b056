package dev.weir.loadgen.plan;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.WorkerBudget;

/**
 * What a number of connections takes at each station. The one place of all constants; those of nginx stand in {@link Capacity}.
 *
 * <p><b>Source:</b> measured with {@code weir run hold} at 5,000 and 15,000 connections, 2 cores, Linux 6.18, JDK 25, nginx 1.22.1; live heap of a connection
 * with {@code make bench}. A run's report shows what it measured beside this, so that each can be measured again: docs/planning.md.
 */
public final class MemoryModel {
    /** Kernel memory of one idle socket, of a page's share of {@code MemAvailable}; queued bytes come on top. */
    public static final long SOCKET_BYTES = Capacity.BYTES_PER_IDLE_SOCKET;

    /** A page of {@code tcp_mem}, its unit. */
    public static final long PAGE_BYTES = 4_096;

    /** An event loop with a descriptor table of its own: the table, with eight bytes and two bits a descriptor, and a thread. */
    public static final long BYTES_PER_TABLE = 300_000;

    /** A process of the gateway: {@code gateway/jvm.options} starts with 24 MB of heap and keeps 15 % of it free. */
    public static final JvmMemory GATEWAY =
            new JvmMemory(88_000_000, 8_000_000, 1_264, JvmMemory.edenOf(24 << 20), 0.15);

    private static final long AGENT_NATIVE = 97_000_000;
    private static final long AGENT_LIVE = 10_000_000;
    private static final long AGENT_LIVE_PER_CONNECTION = 1_200;
    /** {@code InitialRAMPercentage} and {@code MinHeapFreeRatio} of a JVM that is told nothing. */
    private static final int RAM_PER_INITIAL_HEAP = 64;

    private static final double FREE_RATIO_DEFAULT = 0.4;

    /** Kernel memory that a frame takes of {@code tcp_mem} beside its bytes: buffer head, shared info, room for headers. */
    private static final int FRAME_OVERHEAD_BYTES = 1_024;

    private MemoryModel() {}

    /** A process of agents on a machine with so much memory: its initial heap is a 64th of it. */
    public static JvmMemory agent(long hostMemoryBytes) {
        return new JvmMemory(
                AGENT_NATIVE,
                AGENT_LIVE,
                AGENT_LIVE_PER_CONNECTION,
                JvmMemory.edenOf(hostMemoryBytes / RAM_PER_INITIAL_HEAP),
                FREE_RATIO_DEFAULT);
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

    /** User memory of all processes of a station of a load that is wired. */
    static long userBytes(Station station, long connections, HostFacts host) {
        long each = each(station, connections);
        long tables = host.descriptors().tablesFor(each);
        long tableBytes = tables > 1 ? tables * BYTES_PER_TABLE : 0;
        return station.processes()
                * switch (station) {
                    case Station.Agents _ -> agent(host.memory().totalBytes()).bytes(each) + tableBytes;
                    case Station.Proxy proxy -> nginxBytes(budget(proxy, each, host.limits()), proxy.workers(), each);
                    case Station.Gateway _ -> GATEWAY.bytes(each) + tableBytes;
                    case Station.Target _ -> 0L;
                };
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
