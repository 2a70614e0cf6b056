package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process reached its effective limit of open files: its own message, and as many open descriptors as the limit allows. */
record FileDescriptors() implements Rule {
    /** A process this near to its limit is at it: some descriptors are kept for logs and events. */
    private static final double SHARE_AT_LIMIT = 0.97;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        for (String hop : facts.hops()) {
            Optional<Evidence> said = facts.risen(hop, "error-log", "files-exhausted", 1)
                    .or(() -> Refusals.of(facts, hop, "descriptors"));
            List<Evidence> failed = facts.failures(FileDescriptors::atServer);
            judge(facts, hop, said, failed).ifPresent(causes::add);
        }
        List<Evidence> own = facts.failures(failure -> failure.errno().equals("EMFILE"));
        if (!own.isEmpty()) {
            judge(facts, Symptoms.HOP, Optional.of(own.getFirst()), own).ifPresent(causes::add);
        }
        return causes;
    }

    private static Optional<Cause> judge(Facts facts, String hop, Optional<Evidence> said, List<Evidence> failed) {
        Optional<Evidence> share =
                facts.find(hop, "process", "descriptors.share").filter(e -> e.peak() >= SHARE_AT_LIMIT);
        if (said.isEmpty() && (share.isEmpty() || failed.isEmpty())) {
            return Optional.empty();
        }
        Optional<Evidence> open = facts.find(hop, "process", "descriptors");
        Optional<Evidence> limit = facts.find(hop, "process", "descriptors.limit");
        String says = hop + " has " + open.map(e -> Figures.count(e.peak())).orElse("an unknown number") + " of "
                + limit.map(e -> Figures.count(e.peak())).orElse("an unknown number") + " descriptors open"
                + said.map(e -> "; it failed " + Figures.count(Facts.rise(e)) + " times for want of one")
                        .orElse("")
                + "; " + Figures.count(Facts.rises(failed)) + " connects failed";
        return new Citing()
                .and(said)
                .and(share)
                .and(open)
                .and(limit)
                .and(failed)
                // Of agents: what got no socket was no connect to the kernel.
                .and(hop.equals(Symptoms.HOP) ? facts.counter(hop, "snmp", "Tcp.ActiveOpens") : Optional.empty())
                .cause(
                        Resource.FILE_DESCRIPTORS,
                        hop,
                        said.isPresent() && share.isPresent() ? Rank.CERTAIN : Rank.LIKELY,
                        says,
                        hop
                                + ": raise the effective limit (worker_rlimit_nofile, LimitNOFILE, ulimit -n; at most fs.nr_open),"
                                + " or spread the connections over more processes");
    }

    private static boolean atServer(Failure failure) {
        return failure.stage().equals("no-101")
                || failure.stage().equals("timeout")
                || (failure.stage().equals("http-status") && failure.status() >= 500);
    }
}
