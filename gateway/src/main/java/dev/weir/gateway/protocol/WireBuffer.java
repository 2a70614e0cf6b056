package dev.weir.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array that codecs write into; reused, so that encoding allocates nothing once it has grown.
 *
 * <p><b>Threading:</b> owned by one thread.
 *
 * <p><b>Bounds:</b> grows to the largest message written; {@link #reset()} lets go of anything above 64 KiB.
 */
public final class WireBuffer {
    private static final int KEPT_BYTES_MAX = 64 * 1024;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /**
     * An empty buffer.
     *
     * @param capacityBytes room to begin with
     */
    public WireBuffer(int capacityBytes) {
        bytes = new byte[capacityBytes];
    }

    /** Appends characters that are known to be ASCII. */
    public WireBuffer ascii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends a decimal number. */
    public WireBuffer number(long value) {
        return ascii(Long.toString(value));
    }

    /** Appends bytes as they are. */
    public WireBuffer raw(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
        return this;
    }

    /** Appends one byte. */
    public WireBuffer raw(byte value) {
        reserve(1);
        bytes[length++] = value;
        return this;
    }

    /** Appends a JSON string with its quotes. <b>Source:</b> RFC 8259 section 7. */
    public WireBuffer jsonString(String text) {
        raw((byte) '"');
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                raw((byte) '\\').raw(b);
            } else if (b >= 0 && b < 0x20) {
                ascii("\\u00").raw(HEX[b >> 4]).raw(HEX[b & 15]);
            } else {
                raw(b);
            }
        }
        return raw((byte) '"');
    }

    /** Bytes written since the last reset. */
    public int length() {
        return length;
    }

    /** The backing array, valid up to {@link #length()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what was written. */
    public void reset() {
        length = 0;
        if (bytes.length > KEPT_BYTES_MAX) {
            bytes = new byte[KEPT_BYTES_MAX];
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
