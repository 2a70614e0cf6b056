package dev.weir.loadgen.run;

import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Variant;
import dev.weir.loadgen.scenario.Wish;
import java.nio.file.Path;

/**
 * One run to be made.
 *
 * @param scenario what
 * @param variant which way
 * @param wish what the user asked for
 * @param seed of all randomness
 * @param folder takes the record, logs and rendered configurations
 * @param capture whether closed windows and resets are kept as packets in the folder
 */
public record RunSetup(Scenario scenario, Variant variant, Wish wish, long seed, Path folder, boolean capture) {
    /** A run that keeps no packets. */
    public RunSetup(Scenario scenario, Variant variant, Wish wish, long seed, Path folder) {
        this(scenario, variant, wish, seed, folder, false);
    }

    /** The variant's plan. */
    public Plan plan() {
        return scenario.plan(variant, wish);
    }
}
