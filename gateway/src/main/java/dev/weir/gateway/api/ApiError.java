package dev.weir.gateway.api;

/**
 * An error of a server API command, with the protocol's code.
 *
 * <p><b>Source:</b> the codes and their HTTP counterparts are those that Centrifugo documents for its server API.
 *
 * @param code code of the protocol
 * @param message the code's own words, then what exactly was wrong
 */
record ApiError(int code, String message) {

    /** Something failed here; trying again may help. */
    static ApiError internal(String detail) {
        return new ApiError(100, "internal server error: " + detail);
    }

    /** More was asked than one call or one message may take. */
    static ApiError limitExceeded(String detail) {
        return new ApiError(106, "limit exceeded: " + detail);
    }

    /** The command does not say what it must. */
    static ApiError badRequest(String detail) {
        return new ApiError(107, "bad request: " + detail);
    }

    /** The command or one of its fields asks for what this server does not have. */
    static ApiError notAvailable(String detail) {
        return new ApiError(108, "not available: " + detail);
    }

    /** The HTTP status that stands for this error when the caller asked for the transport's error mode. */
    int httpStatus() {
        return switch (code) {
            case 102, 104 -> 404;
            case 106, 107, 108 -> 400;
            case 112 -> 416;
            case 113 -> 409;
            default -> 500;
        };
    }
}
