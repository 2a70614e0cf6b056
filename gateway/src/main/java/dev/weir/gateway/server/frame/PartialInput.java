package dev.weir.gateway.server.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has sent of something that is not complete: part of a frame, or the fragments of a message so far.
 *
 * <p>Exists only while something is incomplete.
 *
 * <p><b>Threading:</b> owned by the connection's loop.
 *
 * <p><b>Bounds:</b> one frame and one message of at most {@code frameBytesMax} each; grows with what arrives, not with what a
 * header announces.
 */
public final class PartialInput {
    @Nullable
    ByteBuf frame;

    boolean inMessage;
    int fragments;
    int messageBytes;
    private byte[] message = {};

    /** Appends to the part of a frame. */
    void keep(ByteBuf in, ByteBufAllocator allocator) {
        ByteBuf kept = frame;
        if (kept == null) {
            kept = allocator.buffer(in.readableBytes());
            frame = kept;
        }
        kept.writeBytes(in);
    }

    /** Appends a fragment. */
    void append(byte[] bytes, int length) {
        if (messageBytes + length > message.length) {
            message = Arrays.copyOf(message, Math.max(messageBytes + length, message.length * 2));
        }
        System.arraycopy(bytes, 0, message, messageBytes, length);
        messageBytes += length;
    }

    byte[] message() {
        return message;
    }

    void endMessage() {
        inMessage = false;
        fragments = 0;
        messageBytes = 0;
        message = new byte[0];
    }

    boolean empty() {
        return frame == null && !inMessage;
    }

    /** Lets go of what is held. */
    public void release() {
        ByteBuf kept = frame;
        frame = null;
        if (kept != null) {
            kept.release();
        }
    }
}
