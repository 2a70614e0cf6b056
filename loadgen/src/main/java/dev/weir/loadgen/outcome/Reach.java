package dev.weir.loadgen.outcome;

/**
 * How far one message went that was under way alone.
 *
 * @param deliveries how many normal readers had it
 * @param lastMillis ms from when it was due to its last delivery
 */
public record Reach(long deliveries, double lastMillis) {
    /** Over the whole of it; 0 when nobody had it. */
    public double deliveriesPerSecond() {
        return lastMillis > 0 ? deliveries * 1e3 / lastMillis : 0;
    }
}
