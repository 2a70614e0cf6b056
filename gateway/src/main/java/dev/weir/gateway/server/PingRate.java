package dev.weir.gateway.server;

/**
 * How many pings and pongs a client sent within a second, in the eight bytes that a parked connection has for it: the second above, the count below.
 *
 * <p>A second begins on the clock: at its edge twice the rate may pass.
 */
final class PingRate {
    /** No ping yet. */
    static final long NONE = 0;

    private PingRate() {}

    /** One more at a time. */
    static long next(long before, long nowMillis) {
        int second = (int) (nowMillis / 1_000);
        int count = (int) (before >>> Integer.SIZE) == second ? count(before) + 1 : 1;
        return (long) second << Integer.SIZE | count;
    }

    /** How many there were within the second of the last one, at least 0. */
    static int count(long rate) {
        return (int) rate;
    }
}
