package dev.weir.loadgen.units;

import dev.weir.loadgen.error.LabException;

/** Counts of things that are held in memory, such as connections. */
public final class Counts {
    private Counts() {}

    /**
     * A count: {@code 500}, {@code 15k}, {@code 1m}.
     *
     * @param key what was set, for the error, e.g. {@code --connections}
     * @throws LabException of kind USAGE when it is no count, or more than {@link Integer#MAX_VALUE}
     */
    public static int parse(String key, String text) {
        long count = Units.count(key, text);
        if (count > Integer.MAX_VALUE) {
            throw Mistyped.value(key, "be at most " + Integer.MAX_VALUE, text);
        }
        return (int) count;
    }
}
