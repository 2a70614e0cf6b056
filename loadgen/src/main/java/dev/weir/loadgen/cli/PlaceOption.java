package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.OpenFiles;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.proxy.error.Nearest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where scenarios break the chain that can break it at more than one hop. */
final class PlaceOption {
    private static final List<String> HOPS = List.of("edge", "agents");

    @Option(
            names = "--at",
            paramLabel = "HOP",
            description = "open-files: whose limit is low in broken and fixed, edge or agents (default: edge)")
    private @Nullable String at;

    /**
     * The wish with what this option asks for.
     *
     * @param scenarios those that will run
     */
    Wish of(Wish wish, Set<Scenario> scenarios) {
        if (at == null) {
            return wish;
        }
        if (!HOPS.contains(at)) {
            throw LabException.usage(
                    "--at must be " + String.join(" or ", HOPS) + ": at=" + at + Nearest.remedy(at, HOPS));
        }
        if (scenarios.stream().noneMatch(OpenFiles.class::isInstance)) {
            throw LabException.usage("--at must be given with the scenario open-files: scenario="
                    + scenarios.iterator().next().name());
        }
        return wish.brokenAt(at);
    }
}
