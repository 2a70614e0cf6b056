package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;

/** Hand-made findings for tests. */
final class Seen {
    static final GeneratorLoad CALM = new GeneratorLoad(0.2, 1, 1, 0, 0);

    private Seen() {}

    static Phase phase(String name, long opened, long held, List<Close> closed, Deliveries deliveries) {
        return phase(name, opened, held, closed, deliveries, CALM);
    }

    static Phase phase(
            String name, long opened, long held, List<Close> closed, Deliveries deliveries, GeneratorLoad generator) {
        return new Phase(
                name,
                0,
                1_000,
                new Connections(opened, opened, held, List.of(), closed),
                deliveries,
                Deliveries.NONE,
                new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                generator);
    }

    /** A ramp that opened fewer than it was to, with the failures that it saw. */
    static Phase shortRamp(long target, long opened, List<Failure> failed) {
        return new Phase(
                "ramp",
                0,
                1_000,
                new Connections(target, opened, opened, failed, List.of()),
                Deliveries.NONE,
                Deliveries.NONE,
                new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE),
                CALM);
    }

    static Close close(String by, String how, long count) {
        Percentiles age = new Percentiles(count, 3_000, 3_010, 3_020, 3_030, 3_030, 3_030);
        return new Close(by, how, 1006, "", count, "normal", age, age, 3_000, 3_100);
    }

    static Cause cause(Resource resource, String hop, Rank rank) {
        return new Cause(resource, hop, rank, List.of("e1", "e2"), resource.id() + " says so", "mend it");
    }

    static Evidence unsent(String hop, double peak) {
        return new Evidence("e9", hop, "ss", "down.sendq", "bytes", 0, peak, 0);
    }

    /** A counter of the agents' control group. */
    static Evidence quota(String key, double rise) {
        return new Evidence("e8", "agents", "cpu-quota", key, "1", 0, rise, rise);
    }

    static Judge.Findings findings(List<Phase> phases, List<Evidence> evidence, List<Cause> causes) {
        return new Judge.Findings(phases, evidence, List.of(), causes, List.of());
    }
}
