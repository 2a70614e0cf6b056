package dev.weir.loadgen.evidence;

import java.util.Locale;

/** What runs at a hop; decides which processes belong to it and what else can be read there. */
public enum HopKind {
    NGINX,
    HAPROXY,
    GATEWAY,
    OTHER,
    /** Carries packets between hops; only its network namespace is looked at. */
    ROUTER,
    AGENTS;

    /** The name in options and records, e.g. {@code nginx}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a command line runs, {@link #OTHER} when it is none of the known programs. */
    public static HopKind ofCommand(String command) {
        String lower = command.toLowerCase(Locale.ROOT);
        if (lower.contains("haproxy")) {
            return HAPROXY;
        }
        if (lower.startsWith("nginx") || lower.contains("/nginx")) {
            return NGINX;
        }
        boolean gateway =
                lower.contains("weir gateway") || lower.contains("dev.weir.gateway") || lower.contains("centrifugo");
        return gateway ? GATEWAY : OTHER;
    }
}
