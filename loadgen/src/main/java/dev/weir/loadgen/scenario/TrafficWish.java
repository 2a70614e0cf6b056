package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Threshold;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asked for of traffic.
 *
 * @param perSecond rates in place of the scenario's own
 * @param find the threshold that the highest multiple of the mix shall keep; empty searches nothing
 * @param duration how long the mix is measured; empty takes the scenario's own
 */
public record TrafficWish(Map<Operation, Double> perSecond, Optional<Threshold> find, Optional<Duration> duration) {
    /** The scenario's own mix, for its own time, without a search. */
    public static final TrafficWish DEFAULT = new TrafficWish(Map.of(), Optional.empty(), Optional.empty());

    public TrafficWish {
        perSecond = Map.copyOf(perSecond);
    }
}
