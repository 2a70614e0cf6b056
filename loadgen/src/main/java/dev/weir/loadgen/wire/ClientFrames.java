package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/**
 * Builds frames as a client sends them: final, masked.
 *
 * <p><b>Source:</b> RFC 6455 sections 5.2 and 5.3.
 */
public final class ClientFrames {
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;
    private static final int MASK_BYTES = 4;

    private ClientFrames() {}

    /**
     * Builds a frame.
     *
     * @param opcode one of {@link Opcode}
     * @param mask the masking key; a load generator need not make it unpredictable, for no script chooses its payloads
     */
    public static byte[] frame(int opcode, byte[] payload, int mask) {
        int extra = payload.length < LENGTH_IN_16_BITS ? 0 : payload.length <= 0xFFFF ? 2 : 8;
        byte[] frame = new byte[2 + extra + MASK_BYTES + payload.length];
        frame[0] = (byte) (FINAL | opcode);
        int length = extra == 0 ? payload.length : extra == 2 ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS;
        frame[1] = (byte) (MASKED | length);
        int at = 2;
        for (int i = extra - 1; i >= 0; i--) {
            frame[at++] = (byte) ((long) payload.length >>> (8 * i));
        }
        for (int i = 0; i < MASK_BYTES; i++) {
            frame[at++] = maskByte(mask, i);
        }
        for (int i = 0; i < payload.length; i++) {
            frame[at++] = (byte) (payload[i] ^ maskByte(mask, i));
        }
        return frame;
    }

    /** Builds a text frame. */
    public static byte[] text(String text, int mask) {
        return frame(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8), mask);
    }

    /** Builds a close frame. */
    public static byte[] close(int code, int mask) {
        return frame(Opcode.CLOSE, new byte[] {(byte) (code >>> 8), (byte) code}, mask);
    }

    private static byte maskByte(int mask, int index) {
        return (byte) (mask >>> (8 * (MASK_BYTES - 1 - index % MASK_BYTES)));
    }
}
