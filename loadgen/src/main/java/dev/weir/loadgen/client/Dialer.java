package dev.weir.loadgen.client;

import java.util.concurrent.TimeUnit;

/**
 * Starts one loop's part of a group's connections when they are due. Number i of the group belongs to loop i modulo loops.
 *
 * <p><b>Threading:</b> its loop's thread. <b>Bounds:</b> {@link #STARTS_PER_TURN} connects at a time, so that answers are read in between.
 */
final class Dialer {
    private static final int STARTS_PER_TURN = 50;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ClientLoop loop;
    private final Dial dial;
    private final long startNanos;
    private final int inFlightMax;
    private final Runnable whenDone;
    private int next;
    private long freeSinceNanos;

    /**
     * A dialer that has not started.
     *
     * @param startNanos when arrival 0 is due
     * @param whenDone run once, when each connection is ready or has failed
     */
    Dialer(ClientLoop loop, Dial dial, long startNanos, Runnable whenDone) {
        this.loop = loop;
        this.dial = dial;
        this.startNanos = startNanos;
        this.inFlightMax = Math.max(1, dial.inFlightMax() / loop.loopCount());
        this.whenDone = whenDone;
        this.next = loop.index();
        this.freeSinceNanos = startNanos;
    }

    void run() {
        if (loop.isClosing()) {
            whenDone.run();
            return;
        }
        long now = System.nanoTime();
        int started = 0;
        while (next < dial.connections() && dueNanos() - now <= 0 && started < STARTS_PER_TURN) {
            if (loop.inFlight() >= inFlightMax) {
                waitForPlace();
                return;
            }
            long couldStartNanos = dueNanos() - freeSinceNanos > 0 ? dueNanos() : freeSinceNanos;
            loop.meter().lateSend(Math.max(0, now - couldStartNanos) / 1_000);
            loop.connect(dial, loop.slots(), -1);
            next += loop.loopCount();
            started++;
            now = System.nanoTime();
        }
        if (next < dial.connections()) {
            long wait = started == STARTS_PER_TURN ? 0 : Math.max(POLL_NANOS, dueNanos() - now);
            loop.later(this::run, wait);
        } else {
            waitForAnswers();
        }
    }

    /** The target is slow to answer: what leaves late until it has answered somebody is not the generator's doing. */
    private void waitForPlace() {
        loop.whenAnswered(() -> {
            freeSinceNanos = System.nanoTime();
            run();
        });
    }

    private long dueNanos() {
        return startNanos + dial.schedule().dueNanos(next);
    }

    private void waitForAnswers() {
        if (loop.firstsInFlight() == 0 || loop.isClosing()) {
            whenDone.run();
        } else {
            loop.whenAnswered(this::waitForAnswers);
        }
    }
}
