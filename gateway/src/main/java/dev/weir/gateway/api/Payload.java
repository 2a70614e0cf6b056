package dev.weir.gateway.api;

import java.util.Arrays;

/**
 * One JSON value in UTF-8, byte for byte as a publisher sent it.
 *
 * <p><b>Threading:</b> immutable, as long as nobody writes to {@link #bytes}.
 */
final class Payload {
    private final byte[] bytes;

    Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The value itself, not a copy. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Payload[bytes=" + bytes.length + "]";
    }
}
