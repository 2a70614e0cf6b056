package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * nginx used up its {@code worker_connections}: its message, and 500s or connections that it accepted and dropped.
 *
 * <p>Where clients come faster than it reads their requests, it closes some that have not been read and reuses their slots, and then it may never say
 * that slots are not enough, only once a second that it reuses them, when fewer than one in sixteen is left. Connections kept alive after a request are
 * closed in the same words, so where clients report, those lines count beside some that were turned away: by this hop, or with 502 by one before it.
 *
 * <p><b>Source:</b> {@code ngx_drain_connections} and {@code ngx_get_connection} in nginx's src/core/ngx_connection.c.
 */
record WorkerSlots() implements Rule {
    private static final Set<Integer> TURNED_AWAY = Set.of(500, 502);

    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> failed = facts.failures(failure ->
                TURNED_AWAY.contains(failure.status()) || failure.stage().equals("no-101"));
        boolean harmless = failed.isEmpty() && !facts.phases().isEmpty();
        List<Cause> causes = new ArrayList<>();
        for (String hop : facts.hops()) {
            Optional<Evidence> reused =
                    facts.risen(hop, "error-log", "slots-reused", 1).filter(e -> !harmless);
            facts.risen(hop, "error-log", "slots-exhausted", 1)
                    .or(() -> reused)
                    .flatMap(lines -> judge(facts, hop, lines, failed))
                    .ifPresent(causes::add);
        }
        return causes;
    }

    private static Optional<Cause> judge(Facts facts, String hop, Evidence lines, List<Evidence> failed) {
        Optional<Evidence> active = facts.find(hop, "nginx-status", "active");
        Optional<Evidence> dropped = facts.risen(hop, "nginx-status", "dropped", 1);
        Rank rank = failed.isEmpty() && dropped.isEmpty() ? Rank.LIKELY : Rank.CERTAIN;
        String says = hop + " says 'worker_connections are not enough' " + Figures.count(Facts.rise(lines)) + " times"
                + active.map(e -> " at " + Figures.count(e.peak()) + " active connections")
                        .orElse("") + "; "
                + Figures.count(Facts.rises(failed)) + " connects failed";
        return new Citing()
                .and(lines)
                .and(active)
                .and(dropped)
                .and(failed)
                .butNot(facts.find(hop, "error-log", "files-exhausted"))
                .cause(
                        Resource.WORKER_SLOTS,
                        hop,
                        rank,
                        says,
                        hop
                                + ": raise worker_connections (a proxied WebSocket takes two) and worker_rlimit_nofile with it; listen … reuseport");
    }
}
