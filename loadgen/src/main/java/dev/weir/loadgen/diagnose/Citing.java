package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what a cause rests on, and refuses to name one that rests on too little.
 *
 * <p><b>Threading:</b> one thread, within one rule.
 */
final class Citing {
    /** <b>Source:</b> the rule of this project that no cause stands on one figure, nor on the agents' word alone. */
    private static final int EVIDENCE_MIN = 2;

    private final Map<String, Evidence> cited = new LinkedHashMap<>();

    Citing and(Evidence evidence) {
        cited.putIfAbsent(evidence.id(), evidence);
        return this;
    }

    Citing and(Optional<Evidence> evidence) {
        evidence.ifPresent(this::and);
        return this;
    }

    Citing and(List<Evidence> evidence) {
        evidence.forEach(this::and);
        return this;
    }

    /** Cites a figure that would have moved if another cause were at work, when it did not. */
    Citing butNot(Optional<Evidence> evidence) {
        return and(evidence.filter(e -> Facts.rise(e) == 0));
    }

    /** The cause, empty when it would rest on fewer than two figures or on the agents alone. */
    Optional<Cause> cause(Resource resource, String hop, Rank rank, String says, String fix) {
        boolean others = cited.values().stream().anyMatch(e -> !e.probe().equals(Symptoms.PROBE));
        if (cited.size() < EVIDENCE_MIN || !others) {
            return Optional.empty();
        }
        return Optional.of(new Cause(resource, hop, rank, List.copyOf(cited.keySet()), says, fix));
    }
}
