package dev.weir.loadgen.run;

import dev.weir.loadgen.measure.Tally;

/** Where a run says what it is doing, one line at a time. */
@FunctionalInterface
public interface Progress {
    /** Says one line. */
    void say(String line);

    /**
     * Is told what the agents lived through since they were last asked; nothing unless it wants to know.
     *
     * @param phase the one that is under way
     * @param target how many connections the run asks for
     */
    default void saw(String phase, long target, Tally later) {}

    /** Is told that the last phase is over; what follows is no part of the run. */
    default void over() {}
}
