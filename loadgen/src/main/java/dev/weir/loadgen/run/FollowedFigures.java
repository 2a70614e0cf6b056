package dev.weir.loadgen.run;

import dev.weir.loadgen.evidence.HopSampler;
import dev.weir.loadgen.evidence.HopTarget;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Series;
import dev.weir.loadgen.scenario.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hops hold, followed through the step that repeats itself.
 *
 * <p><b>Threading:</b> the thread that drives the run.
 */
final class FollowedFigures {
    private @Nullable HopSampler sampler;
    private long fromMillis;

    /** Follows these hops from now on. */
    void begin(List<HopTarget> hops, Step.Soak step) {
        sampler = new HopSampler(hops);
        fromMillis = step.warmUp().toMillis();
    }

    /** Takes a sample, at a time since the step began. */
    void take(long atMillis) {
        if (sampler != null) {
            sampler.take(atMillis);
        }
    }

    /** Empty when nothing was followed. */
    List<Series> series() {
        return sampler == null ? List.of() : sampler.series(fromMillis);
    }

    /** What could not be read of it. */
    List<Missing> missing() {
        return sampler == null ? List.of() : sampler.missing();
    }
}
