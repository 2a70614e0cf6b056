package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Evidence;
import java.util.List;
import java.util.Optional;

/** The gateway's own counters of connections it refused, by reason. */
final class Refusals {
    private Refusals() {}

    /** One reason's counter, when it moved. */
    static Optional<Evidence> of(Facts facts, String hop, String reason) {
        return moved(facts, hop).stream()
                .filter(e -> e.key().endsWith("{reason=" + reason + "}"))
                .findFirst();
    }

    /** All that moved at a hop. */
    static List<Evidence> moved(Facts facts, String hop) {
        return facts.evidence().stream()
                .filter(e -> e.hop().equals(hop)
                        && e.probe().equals("gateway")
                        && e.key().contains("refused"))
                .filter(e -> Facts.rise(e) > 0)
                .toList();
    }
}
