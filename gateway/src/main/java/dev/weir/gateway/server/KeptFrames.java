package dev.weir.gateway.server;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The latest frame of each room for a connection that does not keep up; exists only for such a one.
 *
 * <p><b>Threading:</b> owned by the connection's loop.
 *
 * <p><b>Bounds:</b> one frame a subscription, shared with all who wait for the same one.
 */
final class KeptFrames {
    private final Map<String, ByteBuf> byChannel = new LinkedHashMap<>();

    /**
     * Keeps a frame in place of an older one of its room.
     *
     * @return how many frames were given up for it, 0 or 1
     */
    int keep(String channel, ByteBuf frame) {
        int forgotten = forget(channel);
        byChannel.put(channel, frame.retainedDuplicate());
        return forgotten;
    }

    /** Gives up what is kept of a room, and says how many frames that were. */
    int forget(String channel) {
        ByteBuf older = byChannel.remove(channel);
        if (older == null) {
            return 0;
        }
        older.release();
        return 1;
    }

    /**
     * Hands over frames, oldest first, until one is not taken.
     *
     * @param take takes a frame with its reference, or returns false
     */
    void drain(Predicate<ByteBuf> take) {
        Iterator<ByteBuf> frames = byChannel.values().iterator();
        while (frames.hasNext() && take.test(frames.next())) {
            frames.remove();
        }
    }

    boolean isEmpty() {
        return byChannel.isEmpty();
    }

    void release() {
        byChannel.values().forEach(ByteBuf::release);
        byChannel.clear();
    }
}
