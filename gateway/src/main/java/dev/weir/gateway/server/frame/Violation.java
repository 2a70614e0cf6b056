package dev.weir.gateway.server.frame;

import dev.weir.gateway.protocol.Disconnect;

/**
 * Rules of RFC 6455 that a client can break, with the close that answers each.
 *
 * <p><b>Source:</b> RFC 6455 sections 5.2-5.6, 7.4.1 and 8.1.
 */
public enum Violation {
    UNMASKED(1002, "frame must be masked"),
    RESERVED_BITS(1002, "reserved bits must be zero"),
    RESERVED_OPCODE(1002, "reserved opcode"),
    FRAGMENTED_CONTROL(1002, "control frame must not be fragmented"),
    LONG_CONTROL(1002, "control frame must be <= 125 bytes"),
    ORPHAN_CONTINUATION(1002, "continuation without a first frame"),
    INTERLEAVED_MESSAGE(1002, "new message inside a fragmented one"),
    LENGTH_NOT_MINIMAL(1002, "length must be minimal"),
    LENGTH_NEGATIVE(1002, "length must be below 2^63"),
    BAD_CLOSE(1002, "bad close frame"),
    BINARY(1003, "text expected"),
    NOT_UTF8(1007, "text must be UTF-8"),
    TOO_MANY_FRAGMENTS(1008, "too many fragments"),
    TOO_MANY_PINGS(1008, "too many pings"),
    TOO_BIG(1009, "message too big");

    private final int code;
    private final String reason;

    Violation(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** The close that answers it. */
    public Disconnect disconnect() {
        return new Disconnect(code, reason);
    }
}
