package dev.weir.loadgen.cli;

/** What {@code weir} exits with. */
public final class ExitCodes {
    /** It came out as expected. */
    public static final int OK = 0;

    /** It did not come out as expected. */
    public static final int NOT_AS_EXPECTED = 1;

    /** What was typed or configured cannot be used. */
    public static final int USAGE = 2;

    /** Nothing can be said where something was expected. */
    public static final int INCONCLUSIVE = 3;

    /** This host cannot, or the target is not there. */
    public static final int ENVIRONMENT = 4;

    /** A mistake of Weir's own. */
    public static final int INTERNAL = 70;

    /** A threshold failed. */
    public static final int THRESHOLD = 99;

    /** Ended by Ctrl-C or SIGTERM. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
