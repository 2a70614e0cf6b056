package dev.weir.loadgen.agent;

/**
 * So many connections are gone at once, without a close frame, and come back.
 *
 * @param connections how many, at least 0
 * @param awayMillis ms that those of each loop stay away before the first of them comes back, at least 0
 * @param inFlightMax handshakes under way at once while they come back
 */
public record LeaveOrder(int connections, long awayMillis, int inFlightMax) {
    public LeaveOrder {
        if (connections < 0 || awayMillis < 0 || inFlightMax < 1) {
            throw new IllegalArgumentException(
                    "connections and awayMillis must be >= 0 and inFlightMax >= 1: connections=" + connections
                            + " awayMillis=" + awayMillis + " inFlightMax=" + inFlightMax);
        }
    }

    /** The share of one of several members. */
    LeaveOrder part(int index, int parts) {
        return new LeaveOrder(
                connections / parts + (index < connections % parts ? 1 : 0),
                awayMillis,
                Math.max(1, inFlightMax / parts));
    }
}
