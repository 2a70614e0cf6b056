package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Connections pile up on one worker of a proxy.
 *
 * <p><b>Source:</b> 2,000 WebSockets on 4 workers, measured: default 503 to 515 each; {@code multi_accept on} 1,677 on one, {@code accept_mutex on} 2,003 on one. Skew alone
 * hurts nobody: it is more than possible only when the full worker is at a limit.
 */
record WorkerSkew() implements Rule {
    private static final double DESCRIPTORS_MIN = 200;

    /** Of the way from an even share to all on one. */
    private static final double LEAN_MIN = 0.5;

    private static final double DESCRIPTORS_SHARE_AT_LIMIT = 0.97;
    private static final double BUSY_MILLIS_MIN = 5_000;

    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.proxies(), hop -> judge(facts, hop));
    }

    private static Optional<Cause> judge(Facts facts, String hop) {
        Optional<Evidence> workers =
                facts.find(hop, "process", "workers.serving").filter(e -> e.after() >= 2);
        Optional<Evidence> most =
                facts.find(hop, "process", "workers.descriptors.max").filter(e -> e.peak() >= DESCRIPTORS_MIN);
        Optional<Evidence> all = facts.find(hop, "process", "workers.descriptors.all");
        if (workers.isEmpty() || most.isEmpty() || all.isEmpty()) {
            return Optional.empty();
        }
        double even = 1 / workers.get().after();
        double share = most.get().peak() / all.get().peak();
        if (share < even + LEAN_MIN * (1 - even)) {
            return Optional.empty();
        }
        List<Evidence> atLimit = new ArrayList<>();
        facts.risen(hop, "error-log", "slots-exhausted", 1).ifPresent(atLimit::add);
        facts.risen(hop, "error-log", "files-exhausted", 1).ifPresent(atLimit::add);
        facts.find(hop, "process", "descriptors.share")
                .filter(e -> e.peak() >= DESCRIPTORS_SHARE_AT_LIMIT)
                .ifPresent(atLimit::add);
        facts.find(hop, "process", "cpu.busy")
                .filter(e -> e.peak() >= BUSY_MILLIS_MIN)
                .ifPresent(atLimit::add);
        String says = "one of " + Figures.count(workers.get().after()) + " workers of " + hop + " held "
                + Figures.count(most.get().peak()) + " descriptors, " + Figures.share(share) + " of all"
                + atLimit.stream()
                        .findFirst()
                        .map(e -> "; it is at a limit: " + e.key())
                        .orElse("");
        Rank rank = atLimit.size() > 1 ? Rank.CERTAIN : atLimit.isEmpty() ? Rank.POSSIBLE : Rank.LIKELY;
        return new Citing()
                .and(most)
                .and(all)
                .and(workers)
                .and(facts.find(hop, "process", "workers.descriptors.min"))
                .and(atLimit)
                .cause(
                        Resource.WORKER_SKEW,
                        hop,
                        rank,
                        says,
                        hop + ": listen … reuseport, and neither multi_accept nor accept_mutex without it");
    }
}
