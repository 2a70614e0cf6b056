package dev.weir.gateway.server;

/**
 * How many connections may be closed by now, at a steady rate.
 *
 * <p><b>Threading:</b> owned by one loop.
 */
final class DrainPace {
    private final double perMillisecond;
    private final long startMillis;
    private long granted;

    /**
     * A pace that begins with one connection.
     *
     * @param connectionsPerSecond above 0
     * @param startMillis when it begins
     */
    DrainPace(double connectionsPerSecond, long startMillis) {
        this.perMillisecond = connectionsPerSecond / 1000;
        this.startMillis = startMillis;
    }

    /** How many more may go now. */
    int grant(long nowMillis) {
        long due = 1 + (long) ((nowMillis - startMillis) * perMillisecond);
        long more = Math.clamp(due - granted, 0, Integer.MAX_VALUE);
        granted += more;
        return (int) more;
    }
}
