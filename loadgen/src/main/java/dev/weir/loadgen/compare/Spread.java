package dev.weir.loadgen.compare;

import dev.weir.loadgen.measure.Distribution;

/**
 * How far a figure of one run may be off without anything having changed. These are stated here and nowhere else.
 *
 * <p>A percentile has the spread of its rank: of {@code n} independent values, the one at rank {@code n p} lies between those at
 * {@code n p ± 1.96 √(n p (1 - p))} in 95 of 100 runs (normal approximation of the binomial). Values that one message caused are one value in that
 * sense: all of them are late when it is.
 *
 * <p>Equal runs differ by more than that, since caches, the scheduler and whatever else runs differ; the shares below are the least
 * that is taken, to both sides of either run.
 */
final class Spread {
    private static final double NORMAL_95 = 1.96;
    private static final double MICROS_PER_MILLI = 1_000;

    /** Latencies. <b>Source:</b> five equal runs of hold, 2,000 connections through two hops, on 2 cores: at most 13 % off their median. */
    static final double LATENCY_SHARE = 0.15;

    /** What a scheduler may add to any of them. */
    static final double LATENCY_MILLIS = 1;

    /** Memory. <b>Source:</b> the same runs: proxies at most 1 % off, JVMs 8 %. */
    static final double MEMORY_SHARE = 0.1;

    /** Heaps grow by regions of a megabyte or more, and a queue of a few frames comes and goes. */
    static final double MEMORY_BYTES = 2e6;

    /** CPU of the busiest second, which depends on what falls into it. <b>Source:</b> the same runs: at most 18 % off. */
    static final double CPU_SHARE = 0.2;

    /** Of one processor. */
    static final double CPU_LEAST = 0.05;

    private Spread() {}

    /**
     * A percentile in milliseconds.
     *
     * @param micros the values, at least one
     * @param percentile 0 to 100
     * @param independent how many of the values are independent of each other, at least 1
     */
    static Interval percentileMillis(Distribution micros, double percentile, long independent) {
        double share = percentile / 100;
        double off = 100 * NORMAL_95 * Math.sqrt(share * (1 - share) / Math.max(1, independent));
        return new Interval(
                        micros.at(percentile) / MICROS_PER_MILLI,
                        micros.at(Math.max(0, percentile - off)) / MICROS_PER_MILLI,
                        micros.at(Math.min(100, percentile + off)) / MICROS_PER_MILLI)
                .atLeast(LATENCY_SHARE, LATENCY_MILLIS);
    }
}
