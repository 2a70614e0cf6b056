package dev.weir.gateway.fanout;

import dev.weir.gateway.protocol.WireBuffer;
import java.util.Arrays;

/**
 * A complete, unmasked WebSocket text frame, ready for any number of sockets.
 *
 * <p><b>Source:</b> RFC 6455 section 5.2.
 */
public final class TextFrame {
    private static final int FIN_TEXT = 0x81;

    private TextFrame() {}

    /**
     * A payload with its header in front.
     *
     * @param payload what was written to the buffer
     * @return header and payload
     */
    public static byte[] of(WireBuffer payload) {
        WireBuffer frame = new WireBuffer(payload.length() + 10);
        header(payload.length(), frame);
        System.arraycopy(payload.array(), 0, frame.array(), frame.length(), payload.length());
        return Arrays.copyOf(frame.array(), frame.length() + payload.length());
    }

    /**
     * Appends the header of a text frame.
     *
     * @param payloadBytes length of the payload, 0 or more
     * @param out where to
     */
    public static void header(int payloadBytes, WireBuffer out) {
        out.raw((byte) FIN_TEXT);
        if (payloadBytes < 126) {
            out.raw((byte) payloadBytes);
        } else if (payloadBytes <= 0xFFFF) {
            out.raw((byte) 126).raw((byte) (payloadBytes >> 8)).raw((byte) payloadBytes);
        } else {
            out.raw((byte) 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.raw((byte) ((long) payloadBytes >> shift));
            }
        }
    }
}
