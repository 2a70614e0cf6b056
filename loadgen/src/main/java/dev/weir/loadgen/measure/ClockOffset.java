package dev.weir.loadgen.measure;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * How far another host's clock is ahead of this one's, both {@code System.nanoTime}.
 *
 * @param nanos what is added to a time of this host to have the same moment of the other's; negative where it is behind
 * @param withinNanos how wrong that can be: half of the fastest round trip
 */
public record ClockOffset(long nanos, long withinNanos) {
    /** Of the same host. */
    public static final ClockOffset NONE = new ClockOffset(0, 0);

    /** One question to the other clock. */
    public interface Question {
        /**
         * Asks.
         *
         * @return the other's time between the question and its answer
         */
        long ask() throws IOException;
    }

    /**
     * What is known of this offset over a time at whose end it was measured again: one clock is a little faster than the other, so that what was
     * true at the beginning is most wrong at the end.
     */
    public ClockOffset until(ClockOffset later) {
        return new ClockOffset(nanos, Math.max(withinNanos, Math.abs(later.nanos - nanos) + later.withinNanos));
    }

    /**
     * Asks several times, and believes the answer that took least: what waits, waits on one of two ways, and nobody knows on which.
     *
     * @param times at least 1
     * @param clock this host's
     * @throws IOException when the other does not answer
     */
    public static ClockOffset measure(int times, LongSupplier clock, Question question) throws IOException {
        ClockOffset best = new ClockOffset(0, Long.MAX_VALUE);
        for (int i = 0; i < times; i++) {
            long asked = clock.getAsLong();
            long other = question.ask();
            long half = (clock.getAsLong() - asked) / 2;
            if (half < best.withinNanos()) {
                best = new ClockOffset(other - (asked + half), half);
            }
        }
        return best;
    }
}
