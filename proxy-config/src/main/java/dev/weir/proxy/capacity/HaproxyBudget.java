package dev.weir.proxy.capacity;

/**
 * How many WebSockets one HAProxy may hold. Its threads share one process: one limit of descriptors for all.
 *
 * @param threads {@code nbthread}
 * @param maxconn {@code maxconn}, one a WebSocket
 */
public record HaproxyBudget(int threads, int maxconn) {

    /** Descriptors of one proxied WebSocket: one towards the client, one towards the next hop. */
    public static final int DESCRIPTORS_PER_CONNECTION = 2;

    /** Descriptors beside: listeners, logs, epoll and pipes of each thread, the socket to the master. */
    public static final int DESCRIPTORS_RESERVED = 256;

    private static final int SPARE = 64;
    private static final int HEADROOM_PERCENT = 110;
    private static final int THREADS_MAX = 16;

    /**
     * The budget for a number of WebSockets through one HAProxy.
     *
     * @param connections WebSockets wanted, at least 1
     * @param limits what the machine allows
     */
    public static HaproxyBudget of(int connections, HostLimits limits) {
        var wanted = (long) connections * HEADROOM_PERCENT / 100 + SPARE;
        return new HaproxyBudget(
                Math.min(limits.cores(), THREADS_MAX), (int) Math.min(wanted, maxconnMax(limits.descriptors())));
    }

    /** The most WebSockets that the descriptors of a process allow; HAProxy refuses to start with more. */
    public static int maxconnMax(int descriptors) {
        return Math.max(1, (descriptors - DESCRIPTORS_RESERVED) / DESCRIPTORS_PER_CONNECTION);
    }
}
