package dev.weir.loadgen.measure;

/**
 * Counts deliveries until they are taken.
 *
 * <p><b>Threading:</b> owned by one event loop.
 */
public final class DeliveryCounter {
    private long delivered;
    private long lost;
    private long duplicated;
    private long reordered;

    /** Adds one distinct delivery. */
    public void delivered() {
        delivered++;
    }

    /** Adds losses; a negative number takes back what was counted too early. */
    public void lost(long count) {
        lost += count;
    }

    /** Adds one delivery that was there already. */
    public void duplicated() {
        duplicated++;
    }

    /** Marks a delivery as come after a later one; it is counted as delivered too. */
    public void reordered() {
        reordered++;
    }

    /** What came since the previous call. */
    public DeliveryCounts take() {
        DeliveryCounts taken = new DeliveryCounts(delivered, lost, duplicated, reordered);
        delivered = 0;
        lost = 0;
        duplicated = 0;
        reordered = 0;
        return taken;
    }
}
