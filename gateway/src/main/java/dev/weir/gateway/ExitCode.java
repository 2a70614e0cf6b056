package dev.weir.gateway;

/** What the process says as it ends. */
enum ExitCode {
    OK(0),
    USAGE(2),
    ENVIRONMENT(4),
    INTERNAL(70),
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
