package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A server's heap was exhausted.
 *
 * <p>Signature: its own last words or a heap at its ceiling, and an end. <b>Source:</b> a JVM with {@code ExitOnOutOfMemoryError} ends with code 3, which is
 * 768 as a wait status.
 */
record ProcessHeap() implements Rule {
    /** What is used includes garbage: only a heap that stays this full says anything, and never alone. */
    private static final double FULL_SHARE_MIN = 0.95;

    private static final double EXIT_ON_OUT_OF_MEMORY = 3 << 8;

    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.hops(), hop -> judge(facts, hop));
    }

    private static Optional<Cause> judge(Facts facts, String hop) {
        Optional<Evidence> said = facts.risen(hop, "server-log", "out-of-memory", 1);
        Optional<Evidence> heap = facts.find(hop, "gateway", "heap.share");
        Optional<Evidence> full = heap.filter(e -> e.peak() >= FULL_SHARE_MIN);
        Optional<Evidence> gone = facts.find(hop, "process", "alive").filter(e -> e.before() > 0 && e.after() == 0);
        Optional<Evidence> status =
                facts.find(hop, "process", "wait-status").filter(e -> e.peak() == EXIT_ON_OUT_OF_MEMORY);
        if (said.isEmpty() && status.isEmpty() && (full.isEmpty() || gone.isEmpty())) {
            return Optional.empty();
        }
        boolean complete =
                said.or(() -> status).isPresent() && gone.or(() -> full).isPresent();
        List<Facts.Closed> cuts = gone.isPresent() ? CloseWave.of(facts) : List.of();
        String says = "the heap of " + hop + " was exhausted"
                + heap.map(e -> ": " + Figures.share(e.peak()) + " of it in use at the last look")
                        .orElse("")
                + said.map(e -> "; its log says OutOfMemoryError").orElse("")
                + (gone.isPresent()
                        ? "; it ended, and " + Figures.count(Facts.total(cuts)) + " connections were cut with it"
                        : "");
        Citing citing = new Citing()
                .and(said)
                .and(heap)
                .and(facts.find(hop, "gateway", "heap.max"))
                .and(facts.find(hop, "gateway", "gc.pause"))
                .and(gone)
                .and(status);
        return CloseWave.cite(citing, facts, cuts)
                .butNot(facts.find(hop, "cgroup", "oom_kill"))
                .cause(
                        Resource.PROCESS_HEAP,
                        hop,
                        complete ? Rank.CERTAIN : Rank.LIKELY,
                        says,
                        hop
                                + ": more processes that each hold less, and a limit of connections that its heap can carry (--max-connections); a larger -Xmx comes second");
    }
}
