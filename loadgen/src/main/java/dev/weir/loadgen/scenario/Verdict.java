package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run came out. */
public sealed interface Verdict {
    /** Sentences with figures. */
    List<String> why();

    /** The expected cause came out on top and the symptom was seen. */
    record Reproduced(List<String> why) implements Verdict {}

    /** The symptom was not seen, or another cause came out on top. */
    record NotReproduced(List<String> why) implements Verdict {}

    /** Nothing can be said: a probe is missing, the load was not reached, the run was cut short. No variant expects it. */
    record Inconclusive(List<String> why) implements Verdict {}

    /** Nothing can be said of the chain, because the load generator was the limit: what a variant about the generator expects. */
    record GeneratorLimit(List<String> why) implements Verdict {}

    /** There was no fault to reproduce: whether the run's own promises held. */
    record Promises(boolean held, List<String> why) implements Verdict {}

    /** The form in which it is saved, against what the variant expects. */
    default VerdictRecord against(Expected expected) {
        return switch (this) {
            case Reproduced r -> record(Expected.REPRODUCED, expected, r.why());
            case NotReproduced n -> record(Expected.NOT_REPRODUCED, expected, n.why());
            case Inconclusive i -> new VerdictRecord(Expected.INCONCLUSIVE.id(), wanted(expected), false, i.why());
            case GeneratorLimit g -> record(Expected.INCONCLUSIVE, expected, g.why());
            case Promises p -> new VerdictRecord(null, null, p.held(), p.why());
        };
    }

    private static VerdictRecord record(Expected value, Expected expected, List<String> why) {
        return new VerdictRecord(value.id(), wanted(expected), value == expected, why);
    }

    private static @Nullable String wanted(Expected expected) {
        return expected == Expected.PROMISES_HELD ? null : expected.id();
    }
}
