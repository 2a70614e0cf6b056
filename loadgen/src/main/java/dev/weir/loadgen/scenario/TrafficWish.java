package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Threshold;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asked for of traffic.
 *
 * @param perSecond rates in place of the scenario's own
 * @param find the threshold that the highest multiple of the mix shall keep; empty searches nothing
 */
public record TrafficWish(Map<Operation, Double> perSecond, Optional<Threshold> find) {
    /** The scenario's own mix, without a search. */
    public static final TrafficWish DEFAULT = new TrafficWish(Map.of(), Optional.empty());

    public TrafficWish {
        perSecond = Map.copyOf(perSecond);
    }
}
