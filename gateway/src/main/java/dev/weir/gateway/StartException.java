package dev.weir.gateway;

/** The process cannot start; not a fault of the program. */
final class StartException extends Exception {
    private final ExitCode exitCode;

    /**
     * Says why.
     *
     * @param message of the form {@code <key> must <rule>: <key>=<value> (<where>)[; <remedy>]}
     */
    StartException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
