package dev.weir.loadgen.measure;

import java.util.Locale;

/** How a connection reads; deliveries and closes are counted apart for each. */
public enum Cohort {
    NORMAL,
    THROTTLED,
    STALLED;

    /** The name in records, e.g. {@code stalled}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
