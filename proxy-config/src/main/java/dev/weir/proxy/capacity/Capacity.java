package dev.weir.proxy.capacity;

/** What a number of WebSockets takes at one hop, as plain arithmetic. */
public final class Capacity {

    /**
     * Memory that nginx allocates and touches for each slot of each worker at start.
     *
     * <p><b>Source:</b> {@code ngx_event_process_init}: one {@code ngx_connection_t} (240 B) and two {@code ngx_event_t}
     * (96 B each) on 64-bit Linux; 200,000 slots were measured at 85.5 MB.
     */
    public static final int BYTES_PER_SLOT = 432;

    /**
     * Kernel memory of one idle established socket.
     *
     * <p><b>Source:</b> measured at one and at two million pairs on Linux 6.18: 2.9 to 3.1 KB of available memory; the same of
     * unreclaimable slab at 15,000 through two hops and at 100,000 direct.
     */
    public static final int BYTES_PER_IDLE_SOCKET = 3_100;

    /**
     * An nginx master, and a worker without its slots (PSS).
     *
     * <p><b>Source:</b> measured on nginx 1.22.1 with the templates here: 2.4 MB, and 0.8 MB for each of two workers beside
     * {@link #BYTES_PER_SLOT} a slot.
     */
    public static final long MASTER_BYTES = 2_400_000;

    /** See {@link #MASTER_BYTES}. */
    public static final long WORKER_BYTES = 800_000;

    private static final int BYTES_BESIDE_BUFFERS = 10_000;
    private static final int HEADER_BUFFER_DEFAULT = 1_024;
    private static final int SKEW_PERCENT = 120;

    private Capacity() {}

    /**
     * Connections that can leave towards the next hop before every 4-tuple is taken.
     *
     * @param ports local ports
     * @param sources source addresses, at least 1
     * @param upstreams distinct upstream address and port pairs, at least 1
     */
    public static long tuples(PortRange ports, int sources, int upstreams) {
        return (long) ports.count() * sources * upstreams;
    }

    /**
     * Connections that can leave towards the next hop before connecting becomes slow.
     *
     * <p><b>Source:</b> measured: {@code connect()} first tries the ports of one parity; when those of a (source,
     * destination) pair are gone, every call scans them all before it tries the rest. With 60 sources the rate fell from
     * 20,000/s to 150/s at 50.1 % of the tuples. So a plan uses half the range.
     */
    public static long plannedTuples(PortRange ports, int sources, int upstreams) {
        return (long) (ports.count() / 2) * sources * upstreams;
    }

    /**
     * Upstream address and port pairs needed to stay within half the port range.
     *
     * @param connections WebSockets through this hop, at least 1
     * @param ports local ports
     * @param sources source addresses, at least 1
     */
    public static long upstreamsNeeded(long connections, PortRange ports, int sources) {
        return WorkerBudget.ceilDivide(connections, plannedTuples(ports, sources, 1));
    }

    /** Slots, and descriptors, that a number of proxied WebSockets takes at one hop. */
    public static long slots(long connections) {
        return connections * WorkerBudget.SLOTS_PER_CONNECTION;
    }

    /** Slots wanted over all workers of one nginx: what is taken and a fifth more, since workers do not share evenly. */
    public static long slotsWanted(long connections) {
        return slots(connections) * SKEW_PERCENT / 100;
    }

    /** Bytes that nginx takes for its slots before the first connection, over all workers. */
    public static long preallocatedBytes(int workers, int slotsPerWorker) {
        return (long) workers * slotsPerWorker * BYTES_PER_SLOT;
    }

    /**
     * Memory of an nginx worker for one WebSocket whose buffers have both been filled once; they never shrink again.
     *
     * <p><b>Source:</b> measured on nginx 1.22.1 and 1.31.5 without TLS: 18.2 KB at 4k, 40.5 KB at 16k, 138 KB at 64k. An idle one
     * with large buffers stays at 18.7 KB, since pages that were never touched cost nothing. The buffer for the client's header is taken
     * at once and kept: at 15,000 connections an edge with 2k took 19.23 KB a connection and an ingress with 3k 20.25 KB.
     *
     * @param proxyBufferBytes {@code proxy_buffer_size}
     * @param headerBufferBytes {@code client_header_buffer_size}
     */
    public static long workerBytesPerConnection(long proxyBufferBytes, long headerBufferBytes) {
        return BYTES_BESIDE_BUFFERS + headerBufferBytes - HEADER_BUFFER_DEFAULT + 2 * proxyBufferBytes;
    }

    /** Kernel memory of the sockets of idle proxied WebSockets at one hop: two each. */
    public static long kernelBytes(long connections) {
        return connections * 2 * BYTES_PER_IDLE_SOCKET;
    }
}
