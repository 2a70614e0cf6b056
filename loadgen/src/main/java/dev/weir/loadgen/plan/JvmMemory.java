package dev.weir.loadgen.plan;

/**
 * Memory of a JVM with the serial collector, from what is live in it.
 *
 * <p><b>Source:</b> the collector's own sizing ({@code NewRatio} 2, {@code SurvivorRatio} 8): the young generation is half as large as the old one, and
 * eden is eight tenths of it. The old generation grows until {@code MinHeapFreeRatio} of it is free. Eden is touched whole before the first
 * collection; of the old generation only what is used has ever been touched.
 *
 * @param nativeBytes beside the heap: code, class data, libraries, threads, buffers
 * @param liveBytes live in the heap without connections
 * @param livePerConnection live in the heap for each connection
 * @param firstEdenBytes eden at start, from the initial heap
 * @param freeRatio {@code MinHeapFreeRatio} as a share
 */
public record JvmMemory(
        long nativeBytes, long liveBytes, long livePerConnection, long firstEdenBytes, double freeRatio) {
    private static final double EDEN_OF_OLD = 0.5 * 0.8;
    private static final double EDEN_OF_HEAP = 0.8 / 3;

    /** Eden of an initial heap. */
    static long edenOf(long initialHeapBytes) {
        return (long) (initialHeapBytes * EDEN_OF_HEAP);
    }

    /** Live in the heap after a collection. */
    public long heapBytes(long connections) {
        return liveBytes + connections * livePerConnection;
    }

    /** The whole process, as its resident memory shows it. */
    public long bytes(long connections) {
        long live = heapBytes(connections);
        long eden = Math.max(firstEdenBytes, (long) (live / (1 - freeRatio) * EDEN_OF_OLD));
        return nativeBytes + live + eden;
    }
}
