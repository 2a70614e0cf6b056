package dev.weir.loadgen.client;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets some of one loop's connections be gone at once, without a close frame, and brings them back as fast as handshakes under way allow.
 *
 * <p><b>Threading:</b> its loop's thread. <b>Bounds:</b> {@code inFlightMax} handshakes at a time.
 */
final class Returner {
    private final ClientLoop loop;
    private final int inFlightMax;
    private final Runnable whenDone;
    private final List<ClientConnection> gone;
    private int next;
    private boolean begun;

    /**
     * A returner that has not begun.
     *
     * @param gone the connections that go
     * @param inFlightMax handshakes under way at once on this loop, at least 1
     * @param whenDone run once, when each is back or has failed
     */
    Returner(ClientLoop loop, List<ClientConnection> gone, int inFlightMax, Runnable whenDone) {
        this.loop = loop;
        this.gone = gone;
        this.inFlightMax = inFlightMax;
        this.whenDone = whenDone;
    }

    void run(long awayMillis) {
        gone.forEach(loop::vanish);
        if (awayMillis == 0) {
            begin();
        } else {
            loop.later(this::begin, TimeUnit.MILLISECONDS.toNanos(awayMillis));
            stayAway();
        }
    }

    /** A loop that ends takes its timers with it, and wakes those who wait for answers. */
    private void stayAway() {
        if (loop.isClosing()) {
            begin();
        } else if (!begun) {
            loop.whenAnswered(this::stayAway);
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            bringBack();
        }
    }

    private void bringBack() {
        while (next < gone.size() && loop.inFlight() < inFlightMax && !loop.isClosing()) {
            loop.replace(gone.get(next++));
        }
        if (loop.inFlight() > 0 && !loop.isClosing()) {
            loop.whenAnswered(this::bringBack);
        } else {
            whenDone.run();
        }
    }
}
