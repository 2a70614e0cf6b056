package dev.weir.loadgen.plan;

/**
 * Memory of a JVM with the serial collector, from what is live in it.
 *
 * <p><b>Source:</b> how that collector works: the young generation is touched whole before it is collected, however little in it lives. The old one
 * is collected when it is full and then sized so that a share of it is free, and until the next time that share fills with what has died.
 *
 * @param nativeBytes beside the heap: code, class data, libraries, threads, buffers
 * @param youngBytes eden and what survivors fill
 * @param liveBytes live in the heap without connections
 * @param livePerConnection live in the heap for each connection
 * @param oldFree {@code MinHeapFreeRatio} as a share; 0 when what is live stays in the young generation
 */
public record JvmMemory(long nativeBytes, long youngBytes, long liveBytes, long livePerConnection, double oldFree) {
    /** Live in the heap after a collection. */
    public long heapBytes(long connections) {
        return liveBytes + connections * livePerConnection;
    }

    /** The whole process, as its resident memory shows it. */
    public long bytes(long connections) {
        return nativeBytes + youngBytes + (long) (heapBytes(connections) / (1 - oldFree));
    }
}
