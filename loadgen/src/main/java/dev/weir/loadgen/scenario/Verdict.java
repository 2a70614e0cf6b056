package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.List;

/** How a run came out. */
public sealed interface Verdict {
    /** Sentences with figures. */
    List<String> why();

    /** The expected cause came out on top and the symptom was seen. */
    record Reproduced(List<String> why) implements Verdict {}

    /** The symptom was not seen, or another cause came out on top. */
    record NotReproduced(List<String> why) implements Verdict {}

    /** Nothing can be said: a probe is missing, the load was not reached, or the generator was the limit. */
    record Inconclusive(List<String> why) implements Verdict {}

    /** There was no fault to reproduce: whether the run's own promises held. */
    record Promises(boolean held, List<String> why) implements Verdict {}

    /** The form in which it is saved, against what the variant expects. */
    default VerdictRecord against(Expected expected) {
        return switch (this) {
            case Reproduced r -> record(Expected.REPRODUCED, expected, r.why());
            case NotReproduced n -> record(Expected.NOT_REPRODUCED, expected, n.why());
            case Inconclusive i -> record(Expected.INCONCLUSIVE, expected, i.why());
            case Promises p -> new VerdictRecord(null, null, p.held(), p.why());
        };
    }

    private static VerdictRecord record(Expected value, Expected expected, List<String> why) {
        String wanted = expected == Expected.PROMISES_HELD ? null : expected.id();
        return new VerdictRecord(value.id(), wanted, value == expected, why);
    }
}
