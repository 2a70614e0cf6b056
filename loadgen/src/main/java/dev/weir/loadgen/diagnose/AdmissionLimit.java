package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hop refused connections by its own stated limit: HTTP 503, its counter or log line, and descriptors below their limit. Or, at nginx, 502 for want of
 * a server below its {@code max_conns}, when none was marked down.
 */
record AdmissionLimit() implements Rule {
    private static final int UNAVAILABLE = 503;
    private static final int BAD_GATEWAY = 502;
    /** What else makes nginx answer so. */
    private static final List<String> OTHERWISE =
            List.of("upstream-disabled", "address-unavailable", "upstream-refused", "upstream-timed-out-connecting");

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
        List<Evidence> full =
                facts.failures(failure -> failure.stage().equals("http-status") && failure.status() == BAD_GATEWAY);
        if (!full.isEmpty()) {
            causes.addAll(Rule.at(facts.proxies(), hop -> byServers(facts, hop, full)));
        }
        return causes;
    }

    private static Optional<Cause> byServers(Facts facts, String hop, List<Evidence> failed) {
        Optional<Evidence> lines = facts.risen(hop, "error-log", "no-live-upstreams", 1);
        boolean otherwise = OTHERWISE.stream()
                .anyMatch(line -> facts.risen(hop, "error-log", line, 1).isPresent());
        if (lines.isEmpty() || otherwise) {
            return Optional.empty();
        }
        boolean explained = Facts.rise(lines.get()) >= EXPLAINED_MIN * Facts.rises(failed);
        String says = hop + " had no server below its limit for " + Figures.count(Facts.rise(lines.get()))
                + " connections and marked none down; " + Figures.count(Facts.rises(failed))
                + " connects were answered 502";
        return new Citing()
                .and(lines)
                .and(failed)
                .and(facts.find(hop, "ss", "up.sockets"))
                .butNot(facts.find(hop, "error-log", "upstream-disabled"))
                .butNot(facts.find(hop, "error-log", "address-unavailable"))
                .cause(
                        Resource.ADMISSION_LIMIT,
                        hop,
                        explained ? Rank.CERTAIN : Rank.LIKELY,
                        says,
                        hop + ": raise max_conns where ports allow it, or add servers or source addresses");
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
