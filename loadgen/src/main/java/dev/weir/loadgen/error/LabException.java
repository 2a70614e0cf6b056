package dev.weir.loadgen.error;

import org.jspecify.annotations.Nullable;

/**
 * Something that ends a command, with whose it is to mend. The message has the form {@code <key> must <rule>: <name>=<value>; <remedy>}.
 */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    private LabException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Whose it is to mend, and the exit code. */
    public enum Kind {
        USAGE(2),
        CONFIG(2),
        ENVIRONMENT(4),
        TARGET(4),
        INTERNAL(70);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** What the command exits with. */
        public int exitCode() {
            return exitCode;
        }
    }

    /** What was typed. */
    public static LabException usage(String message) {
        return new LabException(Kind.USAGE, message, null);
    }

    /** What stands in a file. */
    public static LabException config(String message) {
        return new LabException(Kind.CONFIG, message, null);
    }

    /** What this machine lacks. */
    public static LabException environment(String message) {
        return new LabException(Kind.ENVIRONMENT, message, null);
    }

    /** What this machine lacks, and how that showed. */
    public static LabException environment(String message, Throwable cause) {
        return new LabException(Kind.ENVIRONMENT, message, cause);
    }

    /** What the target does. */
    public static LabException target(String message) {
        return new LabException(Kind.TARGET, message, null);
    }

    /** A mistake of Weir's own. */
    public static LabException internal(String message, Throwable cause) {
        return new LabException(Kind.INTERNAL, message, cause);
    }

    /** Whose it is to mend. */
    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? kind.name() : message;
    }
}
