package dev.weir.gateway.api;

import dev.weir.gateway.protocol.ErrorCode;

/**
 * An error of a server API command.
 *
 * @param code the protocol's code
 * @param detail what exactly was wrong
 */
record ApiError(ErrorCode code, String detail) {

    /** The code's own words, then the detail. */
    String message() {
        return code.message() + ": " + detail;
    }

    /**
     * The HTTP status that stands for this error when the caller asked for the transport's error mode.
     *
     * <p><b>Source:</b> the table that Centrifugo documents for its server API.
     */
    int httpStatus() {
        return switch (code) {
            case LIMIT_EXCEEDED, BAD_REQUEST, NOT_AVAILABLE -> 400;
            case UNKNOWN_CHANNEL, METHOD_NOT_FOUND -> 404;
            case CONCURRENT_PAGINATION -> 409;
            case UNRECOVERABLE_POSITION -> 416;
            case TOO_MANY_REQUESTS -> 429;
            case INTERNAL, UNAUTHORIZED, PERMISSION_DENIED, ALREADY_SUBSCRIBED, TOKEN_EXPIRED, EXPIRED -> 500;
        };
    }
}
