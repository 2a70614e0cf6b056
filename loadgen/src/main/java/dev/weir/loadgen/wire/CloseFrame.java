package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/**
 * What a close frame says.
 *
 * @param code the close code; {@link #NO_CODE} when the frame has none
 * @param reason the reason, empty when there is none
 */
public record CloseFrame(int code, String reason) {
    /** Stands for a close frame without a code. <b>Source:</b> RFC 6455 section 7.4.1. */
    public static final int NO_CODE = 1005;

    /** Stands for an end without a close frame. <b>Source:</b> RFC 6455 section 7.4.1. */
    public static final int NO_FRAME = 1006;

    /** Reads a close frame's payload. */
    public static CloseFrame read(byte[] payload) {
        if (payload.length < 2) {
            return new CloseFrame(NO_CODE, "");
        }
        int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        return new CloseFrame(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }
}
