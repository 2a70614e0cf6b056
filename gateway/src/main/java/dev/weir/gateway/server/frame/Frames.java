package dev.weir.gateway.server.frame;

import dev.weir.gateway.protocol.Disconnect;
import dev.weir.gateway.protocol.WireBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Frames that a server sends to one client: replies, pongs, closes.
 *
 * <p><b>Source:</b> RFC 6455 section 5.2; a server does not mask.
 */
public final class Frames {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_CLOSE = 0x88;
    private static final int FIN_PONG = 0x8A;
    private static final int NO_STATUS = 1005;

    private Frames() {}

    /** Bytes of a text frame with that payload. */
    public static int textBytes(int payloadBytes) {
        return payloadBytes + (payloadBytes < 126 ? 2 : payloadBytes <= 0xFFFF ? 4 : 10);
    }

    /** A text frame with what was written to the buffer. */
    public static ByteBuf text(WireBuffer payload, ByteBufAllocator allocator) {
        int length = payload.length();
        ByteBuf frame = allocator.directBuffer(textBytes(length));
        frame.writeByte(FIN_TEXT);
        if (length < 126) {
            frame.writeByte(length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
        return frame.writeBytes(payload.array(), 0, length);
    }

    /** A pong with what the ping carried, at most 125 bytes. */
    public static ByteBuf pong(byte[] bytes, int length, ByteBufAllocator allocator) {
        ByteBuf frame = allocator.directBuffer(2 + length);
        return frame.writeByte(FIN_PONG).writeByte(length).writeBytes(bytes, 0, length);
    }

    /** A close frame. */
    public static ByteBuf close(Disconnect disconnect, ByteBufAllocator allocator) {
        byte[] reason = disconnect.reason().getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = allocator.directBuffer(4 + reason.length);
        frame.writeByte(FIN_CLOSE).writeByte(2 + reason.length);
        return frame.writeShort(disconnect.code()).writeBytes(reason);
    }

    /** The answer to a client's close frame: the same code, or none when it gave none (1005). */
    public static ByteBuf closeEcho(int code, ByteBufAllocator allocator) {
        ByteBuf frame = allocator.directBuffer(4).writeByte(FIN_CLOSE);
        return code == NO_STATUS ? frame.writeByte(0) : frame.writeByte(2).writeShort(code);
    }
}
