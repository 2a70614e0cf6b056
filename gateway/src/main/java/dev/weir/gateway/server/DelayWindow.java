package dev.weir.gateway.server;

/**
 * The longest delay of the last ten seconds.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * <p><b>Bounds:</b> {@value #SECONDS} numbers.
 */
final class DelayWindow {
    private static final int SECONDS = 10;

    private final long[] maxima = new long[SECONDS];
    private long second = Long.MIN_VALUE;

    void record(long nowMillis, long delayMillis) {
        long now = Math.floorDiv(nowMillis, 1000L);
        long first = Math.max(second + 1, now - SECONDS + 1);
        for (long s = first; s <= now; s++) {
            maxima[Math.floorMod(s, SECONDS)] = 0;
        }
        second = now;
        int slot = Math.floorMod(now, SECONDS);
        maxima[slot] = Math.max(maxima[slot], delayMillis);
    }

    long maxMillis() {
        long max = 0;
        for (long value : maxima) {
            max = Math.max(max, value);
        }
        return max;
    }
}
