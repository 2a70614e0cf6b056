package dev.weir.loadgen.plan;

import java.util.Locale;

/** What passing a limit means. */
public enum Severity {
    /** Connections fail, or something is killed: the load is refused. */
    BREAKS,
    /** It holds as long as nothing else goes wrong, e.g. while readers read. */
    RISKS;

    /** The name in output. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
