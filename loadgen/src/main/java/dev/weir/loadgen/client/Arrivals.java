package dev.weir.loadgen.client;

import dev.weir.loadgen.pace.ArrivalSchedule;

/**
 * One loop's part of a schedule: which arrival is next, and when it was due.
 *
 * <p><b>Threading:</b> its loop's thread.
 */
final class Arrivals {
    private final ArrivalSchedule schedule;
    private final long startNanos;
    private final long durationNanos;
    private final int step;
    private long next;
    private long freeSinceNanos;

    /**
     * Arrivals from the first on.
     *
     * @param startNanos what the schedule counts from
     * @param durationNanos arrivals that are due later belong to nobody
     * @param first index of this loop's first
     * @param step distance of its indices
     */
    Arrivals(ArrivalSchedule schedule, long startNanos, long durationNanos, int first, int step) {
        this.schedule = schedule;
        this.startNanos = startNanos;
        this.durationNanos = durationNanos;
        this.step = step;
        this.next = first;
        this.freeSinceNanos = startNanos;
    }

    /** Whether no more become due. */
    boolean areOver() {
        return schedule.dueNanos(next) >= durationNanos;
    }

    /** When the next one is due. */
    long dueNanos() {
        return startNanos + schedule.dueNanos(next);
    }

    /** The next one cannot leave yet, for too much is unanswered: how late it leaves then is not the generator's doing. */
    void hold(long nowNanos) {
        freeSinceNanos = nowNanos;
    }

    /**
     * Goes on to the next.
     *
     * @return how late this one leaves by the generator's own fault, in nanoseconds
     */
    long leave(long nowNanos) {
        long due = dueNanos();
        next += step;
        long couldLeave = due - freeSinceNanos > 0 ? due : freeSinceNanos;
        return Math.max(0, nowNanos - couldLeave);
    }

    /** How many are due that never left; none is left over then. */
    long leftOver() {
        long count = 0;
        while (!areOver()) {
            count++;
            next += step;
        }
        return count;
    }
}
