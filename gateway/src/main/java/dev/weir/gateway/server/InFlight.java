package dev.weir.gateway.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on messages that not every loop has delivered, in number and in bytes.
 *
 * <p>Clients get three quarters of either, so that however many of them flood, the server API still gets a message through.
 *
 * <p><b>Threading:</b> any thread.
 */
final class InFlight {
    /** What a frame costs beyond its payload: its header, the names around the data, the buffer's own object. */
    private static final int OVERHEAD_BYTES = 256;

    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final int messagesMax;
    private final long bytesMax;

    InFlight(int messagesMax, long bytesMax) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    /**
     * Takes room for one message; {@link #leave} gives it back.
     *
     * @param payloadBytes bytes of the message
     * @param fromClient whether a client sends it, and not the server API
     * @throws Overloaded when there is none; a message that is alone in flight always has room
     */
    void enter(int payloadBytes, boolean fromClient) {
        int messagesNow = messages.incrementAndGet();
        long bytesNow = bytes.addAndGet(cost(payloadBytes));
        boolean tooMany = messagesNow > (fromClient ? messagesMax / 4 * 3 : messagesMax);
        boolean tooLarge = messagesNow > 1 && bytesNow > (fromClient ? bytesMax / 4 * 3 : bytesMax);
        if (tooMany || tooLarge) {
            leave(payloadBytes);
            throw new Overloaded(
                    tooMany
                            ? "messages in flight must be <= " + messagesMax + "; publish more slowly"
                            : "bytes of messages in flight must be <= " + bytesMax + "; publish more slowly");
        }
    }

    /** One message of that size is delivered, or has failed. */
    void leave(int payloadBytes) {
        messages.decrementAndGet();
        bytes.addAndGet(-cost(payloadBytes));
    }

    private static long cost(int payloadBytes) {
        return (long) payloadBytes + OVERHEAD_BYTES;
    }
}
