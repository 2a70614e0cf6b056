package dev.weir.gateway.server;

import dev.weir.gateway.fanout.TextFrame;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.protocol.WireBuffer;
import dev.weir.gateway.protocol.WireCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One frame on its way to the members of a room, of one message for all loops or of several for one loop; each loop lets go of it
 * when it is done.
 *
 * <p><b>Threading:</b> shared by the loops; the frame's bytes are never changed, and the one with a ping is made under a lock.
 */
final class Broadcast {
    /** Beyond it a frame of its own for the ping is nothing beside what is sent. */
    private static final int WITH_PING_BYTES_MAX = 4 * 1024;

    private final String channel;
    private final SharedFrame frame;
    private @Nullable SharedFrame withPing;
    private boolean isWithoutPing;
    private final int payloadBytes;
    private final List<Broadcast> parts;
    private final AtomicInteger loopsLeft;
    private final Runnable done;

    private Broadcast(
            String channel, WireBuffer payload, List<Broadcast> parts, AtomicInteger loopsLeft, Runnable done) {
        this.channel = channel;
        this.frame = frameOf(payload);
        this.payloadBytes = payload.length();
        this.isWithoutPing = payloadBytes > WITH_PING_BYTES_MAX;
        this.parts = parts;
        this.loopsLeft = loopsLeft;
        this.done = done;
    }

    private static SharedFrame frameOf(WireBuffer payload) {
        byte[] encoded = TextFrame.of(payload);
        return SharedFrame.of(
                ByteBufAllocator.DEFAULT.directBuffer(encoded.length).writeBytes(encoded));
    }

    /**
     * A message for some loops.
     *
     * @param push the message
     * @param codec the wire format of the receivers
     * @param loops how many loops will call {@link #finish()}
     * @param done called by the last of them
     */
    static Broadcast of(Push.Publication push, WireCodec codec, int loops, Runnable done) {
        WireBuffer payload = new WireBuffer(256);
        codec.encode(push, payload);
        return new Broadcast(push.channel(), payload, List.of(), new AtomicInteger(loops), done);
    }

    /**
     * Several messages of one channel in one frame, for the loop that calls {@link #finish()}, which finishes all of them.
     *
     * @param parts the messages in their order, two or more
     * @param codec the wire format of the receivers
     */
    static Broadcast together(List<Broadcast> parts, WireCodec codec) {
        List<Broadcast> kept = List.copyOf(parts);
        WireBuffer payload = new WireBuffer(1024);
        for (Broadcast part : kept) {
            if (payload.length() > 0) {
                codec.separate(payload);
            }
            payload.raw(part.payload());
        }
        return new Broadcast(
                kept.getFirst().channel, payload, kept, new AtomicInteger(1), () -> kept.forEach(Broadcast::finish));
    }

    private byte[] payload() {
        byte[] bytes = new byte[payloadBytes];
        frame().getBytes(frameBytes() - payloadBytes, bytes);
        return bytes;
    }

    String channel() {
        return channel;
    }

    /** The frame; whoever keeps it for a receiver takes a retained duplicate. */
    ByteBuf frame() {
        return frame.buffer();
    }

    /** The frame for who only sends it. */
    SharedFrame shared() {
        return frame;
    }

    /**
     * The same with a ping behind it, made for the first who asks; null when it is not worth it, or there is no memory for it.
     *
     * @param codec the wire format of the receivers
     */
    @Nullable
    synchronized SharedFrame withPing(WireCodec codec) {
        if (withPing == null && !isWithoutPing) {
            WireBuffer both = new WireBuffer(payloadBytes + 8);
            both.raw(payload());
            codec.separate(both);
            codec.encodePing(both);
            try {
                withPing = frameOf(both);
            } catch (OutOfDirectMemoryError e) {
                // Pings come by themselves when they are due.
                isWithoutPing = true;
            }
        }
        return withPing;
    }

    private synchronized void release() {
        frame.buffer().release();
        if (withPing != null) {
            withPing.buffer().release();
        }
    }

    int frameBytes() {
        return frame.length();
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /** How many messages are in the frame. */
    int messages() {
        return Math.max(1, parts.size());
    }

    /** The last message of the frame, in a frame of its own. */
    Broadcast latest() {
        return parts.isEmpty() ? this : parts.getLast();
    }

    /** One loop has handed the frame to all its members. */
    void finish() {
        if (loopsLeft.decrementAndGet() == 0) {
            release();
            done.run();
        }
    }
}
