package dev.weir.loadgen.outcome;

import java.util.Locale;

/** How sure a cause is: its signature complete and exclusive, strong, or merely consistent. */
public enum Rank {
    CERTAIN,
    LIKELY,
    POSSIBLE;

    /** The name in records, e.g. {@code certain}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
