package dev.weir.gateway.server;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How long pongs took since start, in the buckets of the series that users of the protocol have dashboards for. A ping without a pong is in none.
 *
 * <p><b>Source:</b> {@code client_ping_pong_duration_seconds} of the Centrifugo server, from 5 ms on; pongs may take longer here, so there is one of 25 s.
 *
 * <p><b>Threading:</b> immutable.
 *
 * @param counts how many in each bucket of {@link #BOUNDS_MILLIS}, not cumulative; the last bucket has no bound
 * @param sumMillis all of them together, in ms
 */
public record RoundTrips(List<Long> counts, long sumMillis) {
    /** Longest times of the buckets but the last, in ms, ascending. */
    public static final List<Long> BOUNDS_MILLIS =
            List.of(5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 25_000L);

    /** Of none. */
    public static final RoundTrips NONE = new RoundTrips(Collections.nCopies(BOUNDS_MILLIS.size() + 1, 0L), 0);

    public RoundTrips {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS_MILLIS.size() + 1) {
            throw new IllegalArgumentException("counts must have a bucket more than there are bounds: counts="
                    + counts.size() + " bounds=" + BOUNDS_MILLIS.size());
        }
    }

    RoundTrips plus(RoundTrips other) {
        Recorder both = new Recorder();
        both.add(this);
        both.add(other);
        return both.read();
    }

    /**
     * Counts of one loop.
     *
     * <p><b>Threading:</b> owned by one loop.
     */
    static final class Recorder {
        private static final long[] BOUNDS =
                BOUNDS_MILLIS.stream().mapToLong(Long::longValue).toArray();

        private final long[] counts = new long[BOUNDS.length + 1];
        private long sumMillis;

        void record(long millis) {
            int bucket = 0;
            while (bucket < BOUNDS.length && millis > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket]++;
            sumMillis += millis;
        }

        private void add(RoundTrips read) {
            Arrays.setAll(counts, bucket -> counts[bucket] + read.counts.get(bucket));
            sumMillis += read.sumMillis;
        }

        RoundTrips read() {
            return new RoundTrips(Arrays.stream(counts).boxed().toList(), sumMillis);
        }
    }
}
