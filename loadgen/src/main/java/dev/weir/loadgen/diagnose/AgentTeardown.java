package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Phase;
import java.util.List;
import java.util.Optional;

/**
 * How the agents' own event loops took it that many of their connections were ended at once, beside how they ran while nothing did.
 *
 * <p>Phases in which connections open are no measure of calm: a loop is late while it opens thousands. Where there is no other phase before, nothing is said.
 *
 * @param closed connections that others ended within one wave
 * @param stallMillis longest delay of any loop in the phase in which they ended
 * @param calmMillis longest before
 * @param isCalmSaturated whether the generator was at its limit before, so that what it took for the wave's is its own
 */
record AgentTeardown(long closed, double stallMillis, double calmMillis, boolean isCalmSaturated) {
    private static final long CONNECTIONS_MIN = 50;
    private static final double SHARE_MIN = 0.1;
    private static final long WAVE_MILLIS_MAX = 2_500;

    /** The largest wave; empty when none came to agents that had been calm. */
    static Optional<AgentTeardown> of(List<Phase> phases) {
        Optional<AgentTeardown> largest = Optional.empty();
        double calm = -1;
        boolean saturated = false;
        long held = 0;
        for (Phase phase : phases) {
            long closed = wave(phase);
            boolean ends = closed >= CONNECTIONS_MIN && closed >= SHARE_MIN * held;
            if (ends && calm >= 0 && closed > largest.map(AgentTeardown::closed).orElse(0L)) {
                largest =
                        Optional.of(new AgentTeardown(closed, phase.generator().loopDelayMillisMax(), calm, saturated));
            }
            if (!ends && isCalm(phase)) {
                calm = Math.max(calm, phase.generator().loopDelayMillisMax());
                saturated |= !Saturation.tripped(phase.generator()).isEmpty();
            }
            held = phase.connections().heldAtEnd();
        }
        return largest;
    }

    private static boolean isCalm(Phase phase) {
        return !phase.name().equals(Phase.WARM_UP)
                && phase.connections().heldAtEnd() > 0
                && phase.connections().opened()
                        < SHARE_MIN * phase.connections().heldAtEnd();
    }

    private static long wave(Phase phase) {
        return phase.connections().closed().stream()
                .filter(close -> !close.by().equals(Symptoms.HOP))
                .filter(close -> close.lastMillis() - close.firstMillis() <= WAVE_MILLIS_MAX)
                .mapToLong(Close::count)
                .sum();
    }
}
