package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tracking slows new connections down though its table has room: a flow finds no free tuple behind NAT, and its SYN is dropped.
 *
 * <p><b>Source:</b> {@code nf_nat_used_tuple} and {@code __nf_conntrack_confirm}: a SYN for which no tuple is found counts as {@code drop}, one that loses
 * the race as {@code insert_failed}; both were seen with a pool of 50 ports.
 */
record ConnectionTracking() implements Rule {
    private static final double FAILED_MIN = 10;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        for (Evidence share : facts.all("conntrack", "share")) {
            if (share.peak() < ConntrackTable.FULL_SHARE_MIN) {
                judge(facts, share).ifPresent(causes::add);
            }
        }
        return causes;
    }

    private static Optional<Evidence> synsAgain(Facts facts, String hop) {
        return facts.counter(hop, "netstat", "TcpExt.TCPSynRetrans").filter(e -> Facts.rise(e) > 0);
    }

    private static Optional<Cause> judge(Facts facts, Evidence share) {
        String namespace = share.hop();
        Optional<Evidence> failed = facts.find(namespace, "conntrack", "insert_failed");
        Optional<Evidence> dropped = facts.find(namespace, "conntrack", "drop");
        double lost =
                failed.map(Facts::rise).orElse(0.0) + dropped.map(Facts::rise).orElse(0.0);
        if (lost < FAILED_MIN) {
            return Optional.empty();
        }
        String hop = facts.hopOf(namespace);
        List<Evidence> late = facts.connectsWithoutAnswer();
        // The hop's own SYNs towards the next one, or those that the agents sent to it.
        Optional<Evidence> again = synsAgain(facts, hop).or(() -> synsAgain(facts, Symptoms.HOP));
        boolean hurt = !late.isEmpty() || facts.connectsSlow();
        Rank rank = hurt && again.isPresent() ? Rank.CERTAIN : hurt || again.isPresent() ? Rank.LIKELY : Rank.POSSIBLE;
        String says = "tracking at " + hop + " could not enter " + Figures.count(lost)
                + " packets of new connections though its table was only " + Figures.share(share.peak()) + " full; "
                + Figures.count(again.map(Facts::rise).orElse(0.0)) + " SYNs were sent again, "
                + Figures.count(Facts.rises(late)) + " connects got no answer";
        return new Citing()
                .and(failed.filter(e -> Facts.rise(e) > 0))
                .and(dropped.filter(e -> Facts.rise(e) > 0))
                .and(share)
                .and(again)
                .and(late)
                .and(facts.find(namespace, "connects", "syns-per-connect"))
                .butNot(facts.counter(hop, "netstat", "TcpExt.ListenOverflows"))
                .cause(
                        Resource.CONNECTION_TRACKING,
                        hop,
                        rank,
                        says,
                        hop
                                + ": keep these flows out of tracking (iptables -t raw … -j NOTRACK), or give NAT more source addresses and ports");
    }
}
