package dev.weir.gateway.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A close that the server decided on, as it stands in the close frame.
 *
 * @param code 1000-4999, as RFC 6455 section 7.4 allows on the wire
 * @param reason at most 123 bytes of UTF-8
 */
public record Disconnect(int code, String reason) {
    /** The longest reason, in bytes of UTF-8. <b>Source:</b> RFC 6455 section 5.5: 125 less two for the code. */
    public static final int REASON_BYTES_MAX = 123;

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException when the code is outside 1000-4999 or the reason too long
     */
    public Disconnect {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("code must be within 1000-4999: code=" + code);
        }
        int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > REASON_BYTES_MAX) {
            throw new IllegalArgumentException("reason must be <= 123 bytes: bytes=" + bytes);
        }
    }

    /** Whether a client of the protocol connects again by itself after this close. */
    public boolean mayReconnect() {
        return code < 3500 || (code >= 4000 && code < 4500);
    }
}
