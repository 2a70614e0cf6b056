package dev.weir.gateway.server;

import java.util.ArrayDeque;

/**
 * Who may work: as many loops at once as there are turns, the others in the order in which they came, and before them those that were called.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Bounds:</b> one place for each loop.
 */
final class LoopTurns {
    private final ArrayDeque<LoopTurn> called = new ArrayDeque<>();
    private final ArrayDeque<LoopTurn> waiting = new ArrayDeque<>();
    private int free;

    /**
     * Nobody works.
     *
     * @param atOnce how many loops work at once, at least 1
     */
    LoopTurns(int atOnce) {
        free = atOnce;
    }

    /**
     * Gives a turn, or a place among those who wait: then {@link LoopTurn#grant} says when.
     *
     * @return whether the turn is the loop's already
     */
    synchronized boolean ask(LoopTurn loop) {
        if (free > 0) {
            free--;
            return true;
        }
        // Looked at here: who calls between a look before and the place among those who wait would not be heard.
        (loop.isCalled() ? called : waiting).add(loop);
        return false;
    }

    /** Moves one who waits to those who were called; nothing when it does not wait. */
    synchronized void call(LoopTurn loop) {
        if (waiting.remove(loop)) {
            called.add(loop);
        }
    }

    /** Passes a turn on. */
    synchronized void give() {
        LoopTurn next = called.isEmpty() ? waiting.poll() : called.poll();
        if (next == null) {
            free++;
        } else {
            next.grant();
        }
    }

    /** Turns that nobody has. */
    synchronized int free() {
        return free;
    }
}
