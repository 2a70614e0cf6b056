package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A hop refused connections by its own stated limit: HTTP 503, its counter or log line, and descriptors below their limit. */
record AdmissionLimit() implements Rule {
    private static final int UNAVAILABLE = 503;
    private static final double DESCRIPTORS_SHARE_MAX = 0.95;
    /** Refusals that are counted must explain at least this part of the 503s. */
    private static final double EXPLAINED_MIN = 0.5;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> refused =
                facts.failures(failure -> failure.stage().equals("http-status") && failure.status() == UNAVAILABLE);
        List<Cause> causes = new ArrayList<>();
        if (!refused.isEmpty()) {
            for (String hop : facts.hops()) {
                counter(facts, hop).flatMap(c -> judge(facts, hop, c, refused)).ifPresent(causes::add);
            }
        }
        return causes;
    }

    private static Optional<Evidence> counter(Facts facts, String hop) {
        return Refusals.of(facts, hop, "connections").or(() -> facts.risen(hop, "error-log", "connections-limited", 1));
    }

    private static Optional<Cause> judge(Facts facts, String hop, Evidence counter, List<Evidence> refused) {
        Optional<Evidence> share = facts.find(hop, "process", "descriptors.share");
        boolean below = share.filter(e -> e.peak() < DESCRIPTORS_SHARE_MAX).isPresent();
        boolean explained = Facts.rise(counter) >= EXPLAINED_MIN * Facts.rises(refused);
        String says = hop + " refused " + Figures.count(Facts.rise(counter)) + " connections by its own limit; "
                + Figures.count(Facts.rises(refused)) + " connects were answered 503"
                + share.map(e -> "; descriptors at " + Figures.share(e.peak()) + " of their limit")
                        .orElse("");
        return new Citing()
                .and(counter)
                .and(refused)
                .and(share)
                .cause(
                        Resource.ADMISSION_LIMIT,
                        hop,
                        below && explained ? Rank.CERTAIN : Rank.LIKELY,
                        says,
                        hop + ": raise its limit of connections (gateway: --max-connections), or add another " + hop);
    }
}
