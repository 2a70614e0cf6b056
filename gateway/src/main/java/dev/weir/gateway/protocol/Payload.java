package dev.weir.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value, kept as the bytes in which it arrived and never parsed into objects.
 *
 * <p>Raw newlines are taken out, because they separate messages on the wire; inside a JSON string they cannot occur.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class Payload {
    private final byte[] json;

    private Payload(byte[] json) {
        this.json = json;
    }

    /**
     * Copies one JSON value out of a larger buffer.
     *
     * @param source bytes that hold one JSON value in [from, to)
     * @param from first byte
     * @param to byte after the last one
     */
    public static Payload copyOf(byte[] source, int from, int to) {
        byte[] copy = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            if (b != '\n' && b != '\r') {
                copy[length++] = b;
            }
        }
        return new Payload(length == copy.length ? copy : Arrays.copyOf(copy, length));
    }

    /** Copies one JSON value. */
    public static Payload of(byte[] json) {
        return copyOf(json, 0, json.length);
    }

    /** Appends the value to a buffer. */
    public void writeTo(WireBuffer out) {
        out.raw(json);
    }

    /** Length in bytes. */
    public int length() {
        return json.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
