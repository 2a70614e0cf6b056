package dev.weir.gateway.session;

/**
 * All deadlines of one loop: schedule and cancel in constant time, no timer and no allocation per connection.
 *
 * <p>A hashed wheel: a deadline hangs in the slot of its tick, and waits there for further turns when it is more than one turn
 * away. Deadlines are passed up to one tick late, never early.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * <p><b>Bounds:</b> {@value #SLOTS} slots, whatever hangs in them; one {@link Deadline} a connection.
 *
 * <p><b>Source:</b> Varghese and Lauck, Hashed and Hierarchical Timing Wheels, scheme 6.
 */
public final class DeadlineWheel {
    private static final int SLOTS = 512;

    private final Deadline[] slots = new Deadline[SLOTS];
    private final Deadline passing;
    private final long tickMillis;
    private long nextTick;

    /**
     * An empty wheel.
     *
     * @param tickMillis time that one slot stands for, above 0
     * @param nowMillis time on the caller's clock
     */
    public DeadlineWheel(long tickMillis, long nowMillis) {
        this.tickMillis = tickMillis;
        this.nextTick = Math.floorDiv(nowMillis, tickMillis);
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Deadline(DeadlineWheel::ignore);
        }
        passing = new Deadline(DeadlineWheel::ignore);
    }

    private static void ignore(long nowMillis) {}

    /**
     * Schedules a deadline, or moves it.
     *
     * @param deadline the deadline
     * @param dueMillis when it passes; a moment in the past passes with the next tick
     */
    public void schedule(Deadline deadline, long dueMillis) {
        deadline.unlink();
        deadline.due(dueMillis);
        long tick = Math.max(Math.ceilDiv(dueMillis, tickMillis), nextTick);
        deadline.linkBefore(slots[slotOf(tick)]);
    }

    /** Takes a deadline off the wheel; nothing happens when it is not on it. */
    public void cancel(Deadline deadline) {
        deadline.unlink();
    }

    /**
     * Passes every deadline that is due. When the owner of one throws, the rest pass with the next tick.
     *
     * @param nowMillis time on the caller's clock; may jump ahead by any length after a stall
     * @return how many passed
     */
    public int advance(long nowMillis) {
        long lastTick = Math.floorDiv(nowMillis, tickMillis);
        long firstTick = Math.max(nextTick, lastTick - SLOTS + 1);
        int passed = 0;
        for (long tick = firstTick; tick <= lastTick; tick++) {
            nextTick = tick + 1;
            passed += pass(slots[slotOf(tick)], nowMillis);
        }
        return passed;
    }

    private int pass(Deadline slot, long nowMillis) {
        int passed = 0;
        passing.takeAll(slot);
        for (Deadline d = passing.next(); d != passing; d = passing.next()) {
            if (d.dueMillis() <= nowMillis) {
                d.unlink();
                d.expire(nowMillis);
                passed++;
            } else {
                schedule(d, d.dueMillis());
            }
        }
        return passed;
    }

    private static int slotOf(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
