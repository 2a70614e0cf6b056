package dev.weir.gateway.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long pongs took since start, counted by the longest time that each class takes in.
 *
 * <p><b>Threading:</b> immutable.
 *
 * @param counts how many in each class of {@link #BOUNDS_MILLIS}, not cumulative; the last class has no bound
 * @param sumMillis all of them together, in ms
 */
public record RoundTrips(List<Long> counts, long sumMillis) {
    /** Longest times of the classes but the last, in ms, ascending. */
    public static final List<Long> BOUNDS_MILLIS = List.of(5L, 25L, 100L, 250L, 500L, 1_000L, 2_000L, 5_000L, 10_000L);

    /** Of none. */
    public static final RoundTrips NONE = new RoundTrips(new long[BOUNDS_MILLIS.size() + 1], 0);

    public RoundTrips {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS_MILLIS.size() + 1) {
            throw new IllegalArgumentException("counts must have a class more than there are bounds: counts="
                    + counts.size() + " bounds=" + BOUNDS_MILLIS.size());
        }
    }

    private RoundTrips(long[] counts, long sumMillis) {
        this(list(counts), sumMillis);
    }

    private static List<Long> list(long[] values) {
        List<Long> list = new ArrayList<>();
        for (long value : values) {
            list.add(value);
        }
        return list;
    }

    RoundTrips plus(RoundTrips other) {
        return new RoundTrips(
                IntStream.range(0, counts.size())
                        .mapToObj(i -> counts.get(i) + other.counts.get(i))
                        .toList(),
                sumMillis + other.sumMillis);
    }

    /**
     * Counts of one loop.
     *
     * <p><b>Threading:</b> owned by one loop.
     */
    static final class Recorder {
        private final long[] counts = new long[BOUNDS_MILLIS.size() + 1];
        private long sumMillis;

        void record(long millis) {
            int at = 0;
            while (at < BOUNDS_MILLIS.size() && millis > BOUNDS_MILLIS.get(at)) {
                at++;
            }
            counts[at]++;
            sumMillis += millis;
        }

        RoundTrips read() {
            return new RoundTrips(counts, sumMillis);
        }
    }
}
