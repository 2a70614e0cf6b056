package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Threshold;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Traffic;
import dev.weir.loadgen.scenario.TrafficWish;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.units.Mixes;
import dev.weir.loadgen.units.Thresholds;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the scenario {@code traffic}. */
final class TrafficOptions {
    @Option(
            names = "--mix",
            paramLabel = "RATES",
            description =
                    "traffic: rates in place of its own, e.g. connect=50/s,subscribe=100/s,publish=20/s,api=20/s,rpc=0")
    private @Nullable String mix;

    @Option(
            names = "--find",
            paramLabel = "RULE",
            description =
                    "traffic: the highest multiple of the mix that keeps this, e.g. 'p(99)<100ms' or 'rpc max<1s'")
    private @Nullable String find;

    /**
     * The wish with what these options ask for.
     *
     * @param scenarios those that will run
     */
    Wish of(Wish wish, Set<Scenario> scenarios) {
        Map<Operation, Double> rates = mix == null ? Map.of() : Mixes.rates("--mix", mix);
        Optional<Threshold> threshold = Optional.ofNullable(find).map(rule -> Thresholds.ofTraffic("--find", rule));
        boolean isGiven = mix != null || find != null;
        if (isGiven && scenarios.stream().noneMatch(Traffic.class::isInstance)) {
            throw LabException.usage("--mix and --find must be given with the scenario traffic: scenario="
                    + scenarios.iterator().next().name());
        }
        boolean publishes = rates.getOrDefault(Operation.PUBLISH, 1.0) > 0;
        if (scenarios.stream().anyMatch(Traffic.class::isInstance) && wish.gateways() > 1 && publishes) {
            throw LabException.usage("--gateways must be 1 while clients publish: gateways=" + wish.gateways()
                    + "; they are islands, and a client's message does not leave its own; give --mix publish=0");
        }
        return wish.with(new TrafficWish(rates, threshold));
    }
}
