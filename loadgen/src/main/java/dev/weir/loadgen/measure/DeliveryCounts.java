package dev.weir.loadgen.measure;

/**
 * Deliveries of one cohort.
 *
 * @param delivered distinct deliveries
 * @param lost owed, but never came while the connection stayed open
 * @param duplicated came again
 * @param reordered came after a later one
 */
public record DeliveryCounts(long delivered, long lost, long duplicated, long reordered) {
    /** Of nothing. */
    public static final DeliveryCounts NONE = new DeliveryCounts(0, 0, 0, 0);

    /** Distinct deliveries that should have been: delivered and lost. */
    public long expected() {
        return delivered + lost;
    }

    /** Both together. */
    public DeliveryCounts plus(DeliveryCounts other) {
        return new DeliveryCounts(
                delivered + other.delivered,
                lost + other.lost,
                duplicated + other.duplicated,
                reordered + other.reordered);
    }
}
