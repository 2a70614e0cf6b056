package dev.weir.loadgen.outcome;

/**
 * Messages and their deliveries in one phase, of one cohort of readers.
 *
 * @param published messages that the gateway accepted
 * @param expected deliveries that these messages should have had on connections that stayed open
 * @param delivered distinct deliveries
 * @param lost expected, but never came while the connection stayed open
 * @param duplicated came again
 * @param reordered came after a later one
 */
public record Deliveries(long published, long expected, long delivered, long lost, long duplicated, long reordered) {
    /** Of nothing. */
    public static final Deliveries NONE = new Deliveries(0, 0, 0, 0, 0, 0);
}
