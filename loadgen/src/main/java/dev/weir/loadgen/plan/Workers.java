package dev.weir.loadgen.plan;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.WorkerBudget;

/**
 * Settings of an nginx that count.
 *
 * @param processes {@code worker_processes}; 0 takes as many as cores and descriptors ask for
 * @param slots {@code worker_connections}; 0 takes as many as the connections need
 * @param bufferBytes {@code proxy_buffer_size}
 * @param headerBytes {@code client_header_buffer_size}
 */
public record Workers(int processes, int slots, long bufferBytes, long headerBytes) {
    /** The edge of profile {@code tuned}. */
    public static final Workers TUNED = new Workers(0, 0, 4_096, 2_048);

    /** Workers, slots and descriptors for a number of connections through one nginx. */
    WorkerBudget budget(long connections, HostLimits limits) {
        int share = Math.toIntExact(connections);
        WorkerBudget budget =
                processes == 0 ? WorkerBudget.of(share, limits) : WorkerBudget.of(share, limits, processes);
        return slots == 0
                ? budget
                : new WorkerBudget(
                        budget.workers(),
                        slots,
                        Math.min(limits.descriptors(), slots + WorkerBudget.DESCRIPTORS_RESERVED));
    }
}
