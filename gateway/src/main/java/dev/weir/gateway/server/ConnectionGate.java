package dev.weir.gateway.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections the process may hold.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Bounds:</b> {@code max} connections, and {@value #REFUSED_MAX} more that are being told so; beyond both a connection is
 * closed without an answer.
 */
final class ConnectionGate {
    private static final int REFUSED_MAX = 64;

    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    /** What a new connection may expect. */
    enum Place {
        FREE,
        REFUSED,
        NONE
    }

    ConnectionGate(int max) {
        this.max = max;
    }

    /** Counts a connection in; each call is matched by one {@link #leave()}. */
    Place enter() {
        int count = open.incrementAndGet();
        if (count <= max) {
            return Place.FREE;
        }
        return count - max <= REFUSED_MAX ? Place.REFUSED : Place.NONE;
    }

    void leave() {
        open.decrementAndGet();
    }
}
