package dev.weir.loadgen.measure;

import java.util.Arrays;

/** The value in the middle. */
public final class Median {
    private Median() {}

    /**
     * The one in the middle, or the mean of the two that are.
     *
     * @param values in any order, at least one
     */
    public static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
