package dev.weir.loadgen.scenario;

import java.util.Locale;

/** What a variant is expected to come out as. */
public enum Expected {
    REPRODUCED,
    NOT_REPRODUCED,
    INCONCLUSIVE,
    /** There is no fault: the run's own promises hold. */
    PROMISES_HELD;

    /** The word in records, e.g. {@code not-reproduced}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
