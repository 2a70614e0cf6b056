package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Memory that workers took for their slots before any connection came.
 *
 * <p><b>Source:</b> {@code ngx_event_process_init()} allocates and touches 432 bytes a slot and worker; 200,000 slots were measured at 85.5 MB.
 */
record WorkerPreallocation() implements Rule {
    private static final double BYTES_PER_SLOT = 432;

    /** A worker without slots worth speaking of. */
    private static final double BYTES_BARE = 4e6;

    private static final double BYTES_PER_WORKER_MIN = 32e6;

    /** What connections that were there before may have taken. <b>Source:</b> nginx with large request headers, measured. */
    private static final double BYTES_PER_CONNECTION = 28_000;

    /** Memory at the start is the matter when it is at least this part of what the load made of it. */
    private static final double SHARE_OF_PEAK_MIN = 0.5;

    private static final double SHARE_OF_LIMIT_MIN = 0.5;

    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.proxies(), hop -> judge(facts, hop));
    }

    private static Optional<Cause> judge(Facts facts, String hop) {
        Optional<Evidence> pss = facts.find(hop, "process", "pss");
        Optional<Evidence> workers = facts.find(hop, "process", "workers").filter(e -> e.before() > 0);
        if (pss.isEmpty() || workers.isEmpty()) {
            return Optional.empty();
        }
        Optional<Evidence> held =
                facts.find(hop, "nginx-status", "active").or(() -> facts.find(hop, "ss", "down.sockets"));
        double taken = pss.get().before() - held.map(Evidence::before).orElse(0.0) * BYTES_PER_CONNECTION;
        double each = taken / workers.get().before();
        Optional<Evidence> doubled = facts.risen(hop, "process", "workers.shutting-down", 1);
        double sets = doubled.isPresent() ? 2 : 1;
        if (held.isEmpty()
                || each < BYTES_PER_WORKER_MIN
                || sets * taken < SHARE_OF_PEAK_MIN * pss.get().peak()) {
            return Optional.empty();
        }
        Optional<Evidence> limit = facts.find(hop, "cgroup", "memory.limit");
        boolean crowded =
                limit.filter(e -> taken >= SHARE_OF_LIMIT_MIN * e.peak()).isPresent();
        String says = hop + " took " + Figures.bytes(taken) + " before the load, " + Figures.bytes(each)
                + " a worker: about " + Figures.count((each - BYTES_BARE) / BYTES_PER_SLOT) + " slots of 432 bytes"
                + limit.map(e -> "; its limit is " + Figures.bytes(e.peak())).orElse("")
                + (doubled.isPresent() ? "; a reload held it twice" : "");
        return new Citing()
                .and(pss)
                .and(workers)
                .and(held)
                .and(limit)
                .and(doubled)
                .and(facts.find(hop, "cgroup", "memory.usage"))
                .cause(
                        Resource.WORKER_PREALLOCATION,
                        hop,
                        crowded || doubled.isPresent() ? Rank.CERTAIN : Rank.LIKELY,
                        says,
                        hop
                                + ": size worker_connections to need: two slots a WebSocket, over its workers, and a quarter more");
    }
}
