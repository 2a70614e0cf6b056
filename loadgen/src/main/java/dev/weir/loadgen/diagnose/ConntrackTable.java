package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of tracked flows is full: new connections get no answer, old ones live on.
 *
 * <p>Signature: count at its ceiling or the kernel's line, drops that rise, SYNs without an answer, and a listener that never saw them.
 */
record ConntrackTable() implements Rule {
    /** The kernel drops from the ceiling on; a sample a second may miss it by little. */
    static final double FULL_SHARE_MIN = 0.97;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        Optional<Evidence> logged = facts.risen("host", "kernel-log", "conntrack-full", 1);
        for (Evidence share : facts.all("conntrack", "share")) {
            if (share.peak() >= FULL_SHARE_MIN) {
                judge(facts, share, logged).ifPresent(causes::add);
            }
        }
        return causes;
    }

    private static Optional<Cause> judge(Facts facts, Evidence share, Optional<Evidence> logged) {
        String namespace = share.hop();
        String hop = facts.hopOf(namespace);
        Optional<Evidence> dropped = facts.risen(namespace, "conntrack", "drop", 1)
                .or(() -> facts.risen(namespace, "conntrack", "early_drop", 1));
        List<Evidence> late = facts.connectsWithoutAnswer();
        Optional<Evidence> max = facts.find(namespace, "conntrack", "max");
        // What it was when the table was full: a ceiling that is changed meanwhile has another peak.
        Optional<Double> ceiling = facts.find(namespace, "conntrack", "count")
                .map(count -> (double) Math.round(count.peak() / share.peak()));
        boolean witnessed = dropped.isPresent() || logged.isPresent();
        Rank rank = witnessed && !late.isEmpty() ? Rank.CERTAIN : witnessed ? Rank.LIKELY : Rank.POSSIBLE;
        String says = "the table of tracked flows of " + hop + " was " + Figures.share(share.peak()) + " full"
                + ceiling.map(flows -> " of " + Figures.count(flows)).orElse("") + "; "
                + Figures.count(dropped.map(Facts::rise).orElse(0.0)) + " packets were dropped for it and "
                + Figures.count(Facts.rises(late)) + " connects got no answer";
        return new Citing()
                .and(share)
                .and(facts.find(namespace, "conntrack", "count"))
                .and(max)
                .and(dropped)
                .and(logged)
                .and(late)
                .and(facts.find(namespace, "connects", "syns-per-connect"))
                .butNot(facts.counter(hop, "netstat", "TcpExt.ListenDrops"))
                .cause(Resource.CONNTRACK_TABLE, hop, rank, says, fix(hop));
    }

    private static String fix(String hop) {
        return hop + ": a larger net.netfilter.nf_conntrack_max (host-wide, 320 bytes a flow),"
                + " or keep these flows out of it: iptables -t raw … -j NOTRACK";
    }
}
