package dev.weir.loadgen.measure;

import org.HdrHistogram.Histogram;

/**
 * Collects values until they are taken.
 *
 * <p><b>Threading:</b> owned by one event loop. <b>Bounds:</b> grows with the largest value, to 170 KB at {@link #VALUE_MAX}; nothing is allocated
 * before the first value.
 */
public final class DistributionRecorder {
    /** Ten minutes in microseconds, a week in milliseconds: larger values are clamped to it and counted as clamped. */
    public static final long VALUE_MAX = 600_000_000;

    /** Significant digits kept. */
    public static final int DIGITS = 3;

    private Histogram histogram = new Histogram(DIGITS);
    private long clamped;

    /** Adds one value; negative ones, which only a clock that ran backwards makes, count as 0. */
    public void record(long value) {
        if (value > VALUE_MAX) {
            clamped++;
            histogram.recordValue(VALUE_MAX);
        } else {
            histogram.recordValue(Math.max(0, value));
        }
    }

    /** What came since the previous call. */
    public Distribution take() {
        if (histogram.getTotalCount() == 0) {
            return Distribution.EMPTY;
        }
        Distribution taken = new Distribution(histogram, clamped);
        histogram = new Histogram(DIGITS);
        clamped = 0;
        return taken;
    }
}
