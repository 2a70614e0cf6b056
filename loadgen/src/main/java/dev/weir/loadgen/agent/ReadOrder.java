package dev.weir.loadgen.agent;

/**
 * Which share of the connections reads slowly or not at all.
 *
 * @param stalledShare 0 to 1: connections that stop reading
 * @param throttledShare 0 to 1: connections that read at most {@code throttledBytesPerSecond}
 * @param throttledBytesPerSecond each throttled connection's rate; 0 with a share of 0
 */
public record ReadOrder(double stalledShare, double throttledShare, long throttledBytesPerSecond) {
    /** All read as fast as they can. */
    public static final ReadOrder NORMAL = new ReadOrder(0, 0, 0);
}
