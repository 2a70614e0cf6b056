package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Soak;
import dev.weir.loadgen.scenario.Traffic;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.units.Units;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long scenarios last that can last for any time. */
final class DurationOption {
    private static final Bounds OF_TRAFFIC = new Bounds(Duration.ofSeconds(1), Duration.ofHours(1), "1s to 1h");
    private static final Bounds OF_SOAK =
            new Bounds(Soak.shortest(), Duration.ofHours(24), Soak.shortest().toSeconds() + "s to 24h");

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = {
                "traffic: how long the mix is measured (default: 10s, with --real-time 5m)",
                "soak: how long it repeats itself (default: 40s, with --real-time 30m)"
            })
    private @Nullable String duration;

    private record Bounds(Duration min, Duration max, String words) {}

    /**
     * The wish with what this option asks for.
     *
     * @param scenarios those that will run
     */
    Wish of(Wish wish, Set<Scenario> scenarios) {
        if (duration == null) {
            return wish;
        }
        Duration time = Units.time("--duration", duration);
        List<Scenario> lasting = scenarios.stream()
                .filter(each -> each instanceof Traffic || each instanceof Soak)
                .toList();
        if (lasting.isEmpty()) {
            throw LabException.usage("--duration must be given with the scenario traffic or soak: scenario="
                    + scenarios.iterator().next().name());
        }
        for (Scenario scenario : lasting) {
            Bounds bounds = scenario instanceof Soak ? OF_SOAK : OF_TRAFFIC;
            if (time.compareTo(bounds.min()) < 0 || time.compareTo(bounds.max()) > 0) {
                throw LabException.usage("--duration must be " + bounds.words() + " for " + scenario.name()
                        + ": duration=" + duration + "; run one scenario at a time to give each its own");
            }
        }
        return wish.lasting(time);
    }
}
