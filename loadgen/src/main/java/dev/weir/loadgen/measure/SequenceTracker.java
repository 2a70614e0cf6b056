package dev.weir.loadgen.measure;

/**
 * What one connection has seen of one room: gaps, repetitions and order.
 *
 * <p>It knows the last {@link #WINDOW} sequences exactly. One that is missing counts as lost when it falls out of the window, when the connection
 * ends, or when accounts are settled. One that comes later than that cannot be told from a repetition and counts as duplicated.
 *
 * <p><b>Threading:</b> owned by one event loop. <b>Bounds:</b> 40 bytes.
 */
public final class SequenceTracker {
    /** How many sequences back are known one by one. */
    public static final int WINDOW = Long.SIZE;

    private static final long ALL_SEEN = -1L;
    private static final long NOTHING_YET = -1L;

    /** Sequences up to here are nobody's business any more; {@link #NOTHING_YET} before the first is known. */
    private long floor = NOTHING_YET;

    /** The highest sequence seen, and one more. */
    private long next;

    /** Bit k tells whether sequence {@code next - 1 - k} was seen, or is not owed. */
    private long seen = ALL_SEEN;

    /**
     * Takes an arrival.
     *
     * @param sequence from 1
     * @param owedFromFirst whether the connection was in the room before sequence 1 was sent; else the first seen is the first owed
     * @param counter where it is counted; an arrival after its account was settled is not
     * @return whether it is a delivery: neither a repetition nor too late
     */
    public boolean accept(long sequence, boolean owedFromFirst, DeliveryCounter counter) {
        if (floor == NOTHING_YET) {
            startAt(owedFromFirst ? 1 : sequence);
        }
        if (sequence <= floor) {
            return false;
        }
        if (sequence < next) {
            return fillIn(next - 1 - sequence, counter);
        }
        advance(sequence, counter);
        return true;
    }

    private void startAt(long first) {
        floor = first - 1;
        next = first;
    }

    private void advance(long sequence, DeliveryCounter counter) {
        long steps = sequence - next + 1;
        if (steps >= WINDOW) {
            counter.lost(WINDOW - Long.bitCount(seen) + steps - WINDOW);
            seen = 1;
        } else {
            int out = (int) steps;
            counter.lost(out - Long.bitCount(seen >>> (WINDOW - out)));
            seen = seen << out | 1;
        }
        next = sequence + 1;
        counter.delivered();
    }

    private boolean fillIn(long back, DeliveryCounter counter) {
        long bit = back < WINDOW ? 1L << back : 0;
        if (bit == 0 || (seen & bit) != 0) {
            counter.duplicated();
            return false;
        }
        seen |= bit;
        counter.delivered();
        counter.reordered();
        return true;
    }

    /** Whether nothing that was sent can still be missing here. */
    public boolean isComplete(Sent sent, boolean owedFromFirst) {
        if (floor == NOTHING_YET) {
            return !owedFromFirst || sent.lastSequence() <= sent.refused().size();
        }
        long missing = WINDOW - Long.bitCount(seen) + Math.max(0, sent.lastSequence() - (next - 1));
        return missing <= sent.refused().size();
    }

    /**
     * Closes the account of all that was sent: what is missing is lost.
     *
     * @param sent what was sent in this room since the run began
     * @param owedFromFirst as in {@link #accept}
     * @param counter where losses are counted
     */
    public void settle(Sent sent, boolean owedFromFirst, DeliveryCounter counter) {
        long last = sent.lastSequence();
        if (floor == NOTHING_YET) {
            startAt(owedFromFirst ? 1 : last + 1);
        }
        long owedNow = sent.refused().stream()
                .filter(refused -> refused > floor && refused <= last)
                .count();
        counter.lost(WINDOW - Long.bitCount(seen) + Math.max(0, last - (next - 1)) - owedNow);
        floor = Math.max(last, next - 1);
        next = floor + 1;
        seen = ALL_SEEN;
    }

    /** Closes the account of what was seen, because the connection ended: gaps are lost, what would have followed is not owed. */
    public void end(DeliveryCounter counter) {
        counter.lost(WINDOW - Long.bitCount(seen));
        seen = ALL_SEEN;
    }
}
