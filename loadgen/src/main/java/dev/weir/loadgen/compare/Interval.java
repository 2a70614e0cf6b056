package dev.weir.loadgen.compare;

/**
 * A figure of one run and how far it may be off.
 *
 * @param value the figure
 * @param low no lower than this, {@code <= value}
 * @param high no higher than this, {@code >= value}
 */
public record Interval(double value, double low, double high) {
    /** A count, which is what it is. */
    static Interval exact(double value) {
        return new Interval(value, value, value);
    }

    /** The same figure, at least {@code share} of itself and {@code least} in its own unit uncertain to both sides. */
    Interval atLeast(double share, double least) {
        double off = Math.max(Math.abs(value) * share, least);
        return new Interval(value, Math.min(low, value - off), Math.max(high, value + off));
    }

    /** Whether no value is possible for both. */
    boolean isApartFrom(Interval other) {
        return high < other.low || other.high < low;
    }

    /** Whether it is known exactly. */
    public boolean exact() {
        return low == value && high == value;
    }
}
