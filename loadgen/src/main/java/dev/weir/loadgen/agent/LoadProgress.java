package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Tally;

/** Is told once a second how a load goes. */
public interface LoadProgress {
    /**
     * Shows the state.
     *
     * @param phase the phase that runs
     * @param elapsedMillis since the start of the run
     * @param target connections asked for in all
     * @param tally since the start of the phase
     * @param later the part of it since this was told last
     */
    void show(String phase, long elapsedMillis, long target, Tally tally, Tally later);
}
