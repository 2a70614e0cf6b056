package dev.weir.loadgen.compare;

/**
 * One figure of one run.
 *
 * @param kind what voids it
 * @param of phase or hop it belongs to
 * @param name e.g. {@code delivered}, {@code deliver p99}, {@code memory held}
 * @param unit {@code 1}, {@code ms}, {@code bytes}, {@code share}, {@code s} or {@code /s}
 * @param is value and spread
 */
record Figure(Kind kind, String of, String name, String unit, Interval is) {
    /** What an obstacle can void. */
    enum Kind {
        COUNT,
        LATENCY,
        COST
    }

    /** The same in both runs. */
    String key() {
        return kind + "/" + of + "/" + name;
    }
}
