package dev.weir.gateway.server.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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

    @Nullable
    private ByteBuf message;

    boolean inMessage;
    int fragments;

    /** Appends to the part of a frame. */
    void keep(ByteBuf in) {
        ByteBuf kept = frame;
        if (kept == null) {
            kept = in.alloc().buffer(in.readableBytes());
            frame = kept;
        }
        kept.writeBytes(in);
    }

    /** Appends a fragment. */
    void append(byte[] bytes, int length, ByteBufAllocator allocator) {
        if (length > 0) {
            ByteBuf kept = message;
            if (kept == null) {
                kept = allocator.buffer(length);
                message = kept;
            }
            kept.writeBytes(bytes, 0, length);
        }
    }

    /** Bytes of the fragments so far. */
    int messageBytes() {
        ByteBuf kept = message;
        return kept == null ? 0 : kept.readableBytes();
    }

    /**
     * Hands the message over.
     *
     * @param target takes all of it
     * @return its length
     */
    int endMessage(byte[] target) {
        int length = messageBytes();
        ByteBuf kept = message;
        if (kept != null) {
            kept.readBytes(target, 0, length).release();
        }
        message = null;
        inMessage = false;
        fragments = 0;
        return length;
    }

    boolean empty() {
        return frame == null && !inMessage;
    }

    /** Bytes of memory that are held. */
    public int heldBytes() {
        ByteBuf part = frame;
        ByteBuf whole = message;
        return (part == null ? 0 : part.capacity()) + (whole == null ? 0 : whole.capacity());
    }

    /** Lets go of all that is held. */
    public void release() {
        releaseFrame();
        ByteBuf whole = message;
        message = null;
        if (whole != null) {
            whole.release();
        }
    }

    void releaseFrame() {
        ByteBuf part = frame;
        frame = null;
        if (part != null) {
            part.release();
        }
    }
}
