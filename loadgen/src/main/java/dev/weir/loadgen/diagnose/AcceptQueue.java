package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A listener's backlog overflowed: the kernel's counter, and SYNs that had to be sent again. */
record AcceptQueue() implements Rule {
    private static final double OVERFLOWS_MIN = 10;
    private static final double SLOW_CONNECT_MILLIS = 1_000;

    @Override
    public List<Cause> judge(Facts facts) {
        Map<String, Evidence> overflows = new LinkedHashMap<>();
        facts.evidence().stream()
                .filter(e -> e.key().equals("TcpExt.ListenOverflows") && Facts.rise(e) >= OVERFLOWS_MIN)
                .forEach(e -> overflows.put(e.hop(), e));
        List<Cause> causes = new ArrayList<>();
        overflows.forEach((hop, e) -> judge(facts, hop, e).ifPresent(causes::add));
        return causes;
    }

    private static Optional<Cause> judge(Facts facts, String namespace, Evidence overflows) {
        Optional<Evidence> again =
                facts.find(namespace, "netstat", "TcpExt.TCPSynRetrans").filter(e -> Facts.rise(e) > 0);
        List<Evidence> failed = facts.failures(failure -> failure.stage().equals("timeout")
                || (failure.stage().equals("connect") && failure.errno().equals("ETIMEDOUT")));
        boolean slow = facts.phases().stream()
                .anyMatch(phase -> phase.latencyMillis().connect().p99() >= SLOW_CONNECT_MILLIS);
        Optional<Evidence> queue = fullestQueue(facts);
        String hop = queue.map(Evidence::hop).orElse(namespace);
        boolean hurt = slow || !failed.isEmpty();
        Rank rank = hurt && again.isPresent() ? (queue.isPresent() ? Rank.CERTAIN : Rank.LIKELY) : Rank.POSSIBLE;
        String says = "a backlog overflowed " + Figures.count(Facts.rise(overflows)) + " times"
                + queue.map(e -> ", the one of " + e.hop() + " (" + Figures.count(e.peak()) + " waiting)")
                        .orElse("")
                + "; " + Figures.count(again.map(Facts::rise).orElse(0.0)) + " SYNs were sent again";
        return new Citing()
                .and(overflows)
                .and(again)
                .and(failed)
                .and(queue)
                .cause(
                        Resource.ACCEPT_QUEUE,
                        hop,
                        rank,
                        says,
                        hop
                                + ": listen … backlog=65535 and net.core.somaxconn above it; if it stays full, the process accepts too slowly");
    }

    /** The fullest accept queue, when it was seen at its backlog or beyond. */
    private static Optional<Evidence> fullestQueue(Facts facts) {
        return facts.evidence().stream()
                .filter(e -> e.probe().equals("ss") && e.key().equals("down.accept.queue"))
                .filter(e -> facts.find(e.hop(), "ss", "down.accept.backlog")
                        .filter(backlog -> e.peak() >= backlog.peak())
                        .isPresent())
                .max(Comparator.comparingDouble(Evidence::peak));
    }
}
