package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.DisconnectStorm;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.units.Units;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One scenario at several sizes. */
final class SweepOption {
    private static final int SIZES_MAX = 12;

    @Option(
            names = "--sweep",
            paramLabel = "N,N,…",
            description = "disconnect-storm: each variant with so many connections, then so many, e.g. 2k,10k,50k")
    private @Nullable String sweep;

    /**
     * The sizes that were asked for, in their order; empty for the scenario's own.
     *
     * @param scenarios those that will run
     * @param connections one size that was asked for as well, which cannot be
     */
    List<Integer> sizes(Set<Scenario> scenarios, OptionalInt connections) {
        if (sweep == null) {
            return List.of();
        }
        if (connections.isPresent()) {
            throw LabException.usage("--sweep must be given without --connections: sweep=" + sweep + " connections="
                    + connections.getAsInt() + "; name each size in --sweep");
        }
        if (!scenarios.stream().allMatch(DisconnectStorm.class::isInstance)) {
            throw LabException.usage("--sweep must be given with the scenario disconnect-storm alone: scenario="
                    + scenarios.iterator().next().name());
        }
        List<Integer> sizes = Stream.of(sweep.split(",", -1))
                .map(size -> Units.smallCount("--sweep", size.strip()))
                .distinct()
                .toList();
        if (sizes.size() > SIZES_MAX) {
            throw LabException.usage("--sweep must be at most " + SIZES_MAX + " sizes: sizes=" + sizes.size());
        }
        return sizes;
    }
}
