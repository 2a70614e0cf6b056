package dev.weir.gateway.server;

import java.util.ArrayDeque;

/**
 * How many loops may serve slices of large rooms at once: as many as there are processors.
 *
 * <p>With many more loops than processors, a broadcast that all of them serve at once leaves each of them, and every client on this machine, waiting
 * for its turn at a processor: connecting during a broadcast to a million took 4 s. Served by a few at a time, the others answer meanwhile.
 *
 * <p><b>Threading:</b> any loop.
 *
 * <p><b>Bounds:</b> one entry for each loop that waits.
 */
final class Turnstile {
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    /**
     * With all places free.
     *
     * @param places at least 1
     */
    Turnstile(int places) {
        this.free = places;
    }

    /**
     * As many places as there are processors; with more loops than these, one fewer, so that a broadcast always leaves one to all else.
     *
     * @param loops that serve
     * @param processors that they may use
     */
    static Turnstile of(int loops, int processors) {
        return new Turnstile(loops > processors ? Math.max(1, processors - 1) : processors);
    }

    /**
     * Takes a place, or waits for one.
     *
     * @param whenFree run once a place has been handed over, on the thread that leaves it; never when there was one at once
     * @return whether there was one
     */
    synchronized boolean enter(Runnable whenFree) {
        if (free > 0) {
            free--;
            return true;
        }
        waiting.add(whenFree);
        return false;
    }

    /** Gives a place back, or hands it to who has waited longest. */
    void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
