package dev.weir.gateway.server;

import dev.weir.gateway.fanout.TextFrame;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.protocol.WireCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One message on its way to the members of a room on every loop: one frame, which each loop lets go of when it is done.
 *
 * <p><b>Threading:</b> shared by the loops; the frame's bytes are never changed.
 */
final class Broadcast {
    private final String channel;
    private final ByteBuf frame;
    private final int frameBytes;
    private final AtomicInteger loopsLeft;
    private final Runnable done;

    /**
     * A message for some loops.
     *
     * @param push the message
     * @param codec the wire format of the receivers
     * @param loops how many loops will call {@link #finish()}
     * @param done called by the last of them
     */
    Broadcast(Push.Publication push, WireCodec codec, int loops, Runnable done) {
        byte[] encoded = TextFrame.of(push, codec);
        this.channel = push.channel();
        this.frame = ByteBufAllocator.DEFAULT.directBuffer(encoded.length).writeBytes(encoded);
        this.frameBytes = encoded.length;
        this.loopsLeft = new AtomicInteger(loops);
        this.done = done;
    }

    String channel() {
        return channel;
    }

    /** The frame; each receiver gets a retained duplicate. */
    ByteBuf frame() {
        return frame;
    }

    int frameBytes() {
        return frameBytes;
    }

    /** One loop has handed the frame to all its members. */
    void finish() {
        if (loopsLeft.decrementAndGet() == 0) {
            frame.release();
            done.run();
        }
    }
}
