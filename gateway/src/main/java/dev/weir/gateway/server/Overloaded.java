package dev.weir.gateway.server;

/** More is published than the loops deliver; the publisher may try again. An answer to publishing, not a fault: it has no stack. */
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;

    Overloaded(String rule) {
        super(rule, null, false, false);
        this.rule = rule;
    }

    /** What must hold, and what to do. */
    public String rule() {
        return rule;
    }
}
