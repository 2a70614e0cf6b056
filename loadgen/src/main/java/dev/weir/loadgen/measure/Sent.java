package dev.weir.loadgen.measure;

import java.util.List;

/**
 * What was published in one room: what its members are owed.
 *
 * @param firstNanos when sequence 1 was sent, {@code System.nanoTime} of this host; who was ready before is owed all from 1 on
 * @param lastSequence the last sequence sent; sequences start at 1 and have no gaps
 * @param refused sequences up to {@code lastSequence} that the server refused, ascending: nobody is owed these
 */
public record Sent(long firstNanos, long lastSequence, List<Long> refused) {
    public Sent {
        refused = List.copyOf(refused);
    }

    /** The same as another host's clock has it. */
    public Sent seenFrom(ClockOffset clock) {
        return new Sent(firstNanos + clock.nanos(), lastSequence, refused);
    }
}
