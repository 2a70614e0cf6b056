package dev.weir.proxy.capacity;

/**
 * How many nginx workers, and what each may hold.
 *
 * <p>A proxied WebSocket takes two slots and two descriptors, both in the worker that accepted it. Workers do not share
 * evenly, so each gets a quarter more than its share, and a little for listeners, logs and the status page.
 *
 * @param workers {@code worker_processes}
 * @param slots {@code worker_connections}, per worker
 * @param descriptors {@code worker_rlimit_nofile}, per worker
 */
public record WorkerBudget(int workers, int slots, int descriptors) {

    /** Slots and descriptors that one proxied WebSocket takes: one towards the client, one towards the next hop. */
    public static final int SLOTS_PER_CONNECTION = 2;

    /** Descriptors beside the connections: listeners, logs, epoll, channel to the master. */
    public static final int DESCRIPTORS_RESERVED = 512;

    private static final int SLOTS_SPARE = 256;
    private static final int SLOTS_MIN = 1_024;
    private static final int HEADROOM_PERCENT = 125;

    /**
     * The budget for a number of WebSockets through one nginx.
     *
     * @param connections WebSockets wanted, at least 1
     * @param limits what the machine allows
     * @return at least one worker per core (at most 16 for that reason alone), more when descriptors demand it
     */
    public static WorkerBudget of(int connections, HostLimits limits) {
        var slotsPerWorkerMax = slotsMax(limits.descriptors());
        var demand = ceilDivide((long) connections * SLOTS_PER_CONNECTION * HEADROOM_PERCENT, 100);
        var needed = Math.toIntExact(ceilDivide(demand, Math.max(1, slotsPerWorkerMax - SLOTS_SPARE)));
        return of(connections, limits, Math.max(Math.min(limits.cores(), 16), needed));
    }

    /**
     * The budget when the number of workers is given.
     *
     * @param connections WebSockets wanted, at least 1
     * @param limits what the machine allows
     * @param workers {@code worker_processes}, at least 1
     * @return slots for the share of one worker with headroom, capped by the descriptor limit
     */
    public static WorkerBudget of(int connections, HostLimits limits, int workers) {
        var share = ceilDivide((long) connections * SLOTS_PER_CONNECTION * HEADROOM_PERCENT, 100L * workers);
        var wanted = Math.max(SLOTS_MIN, share + SLOTS_SPARE);
        var slots = (int) Math.min(wanted, slotsMax(limits.descriptors()));
        return new WorkerBudget(workers, slots, Math.min(limits.descriptors(), slots + DESCRIPTORS_RESERVED));
    }

    /** The most slots of a worker that its descriptors can serve. */
    public static int slotsMax(int descriptors) {
        return Math.max(descriptors / 2, descriptors - DESCRIPTORS_RESERVED);
    }

    static long ceilDivide(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
