package dev.weir.loadgen.outcome;

/**
 * A distribution in figures. The unit is in the name of the component that holds it.
 *
 * @param count how many values; all figures are 0 when there were none
 */
public record Percentiles(long count, double p10, double p50, double p90, double p99, double p999, double max) {
    /** Of nothing. */
    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0, 0);
}
