package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;

/**
 * The path loses packets, or something on it has forgotten flows that both ends still hold.
 *
 * <p>Loss: segments sent again beside segments sent, without the SYNs that an overflowing listener or a full table costs, and without drops for want of memory at the
 * receiver. Forgotten: sockets that send the same bytes again and again without an answer, while the tracked flows became fewer than the sockets.
 */
record NetworkPath() implements Rule {
    /** <b>Source:</b> loopback and a sound local network lose none; TCP keeps its rate up to about this. */
    private static final double LOSS_MIN = 0.01;

    private static final double SEGMENTS_MIN = 50;
    private static final double UNANSWERED_MIN = 3;

    /** Of the flows that were tracked, this part must be gone while their sockets are there. */
    private static final double FORGOTTEN_MIN = 0.5;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> unanswered = HalfOpen.unanswered(facts, UNANSWERED_MIN);
        List<Evidence> forgotten = unanswered.isEmpty() ? List.of() : forgotten(facts);
        Citing citing = new Citing();
        double worst = 0;
        int namespaces = 0;
        for (Evidence again : facts.all("snmp", "Tcp.RetransSegs")) {
            double loss = loss(facts, again);
            worst = Math.max(worst, loss);
            if (loss >= LOSS_MIN) {
                namespaces++;
                citing.and(again).and(facts.find(again.hop(), "snmp", "Tcp.OutSegs"));
            }
        }
        if (namespaces == 0 && forgotten.isEmpty()) {
            return List.of();
        }
        String says = forgotten.isEmpty()
                ? "the path loses packets: " + Figures.share(worst) + " of all segments were sent again"
                : "flows were forgotten on the way: " + Figures.count(Facts.peaks(unanswered))
                        + " sockets get no answer, while tracked flows fell from "
                        + Figures.count(forgotten.getFirst().peak()) + " to "
                        + Figures.count(forgotten.getFirst().after()) + " and nobody had closed them";
        boolean sure = !forgotten.isEmpty() || facts.deliveriesLost();
        // Counters of a shared namespace hold everybody's traffic: without harm to this chain they say little.
        Rank rank = sure ? Rank.CERTAIN : namespaces > 1 || !unanswered.isEmpty() ? Rank.LIKELY : Rank.POSSIBLE;
        return citing
                .and(unanswered)
                .and(forgotten)
                .and(facts.symptom("deliveries.lost").filter(e -> e.after() > 0))
                .butNot(facts.counter("host", "netstat", "TcpExt.ListenOverflows"))
                .cause(Resource.NETWORK_PATH, "host", rank, says, fix(!forgotten.isEmpty()))
                .stream()
                .toList();
    }

    private static double loss(Facts facts, Evidence again) {
        String namespace = again.hop();
        boolean wantOfMemory = facts.risen(namespace, "netstat", "TcpExt.TCPRcvQDrop", 1)
                        .isPresent()
                || facts.risen(namespace, "netstat", "TcpExt.PruneCalled", 1).isPresent();
        double syns = facts.find(namespace, "netstat", "TcpExt.TCPSynRetrans")
                .map(Facts::rise)
                .orElse(0.0);
        double lost = Facts.rise(again) - syns;
        double sent =
                facts.find(namespace, "snmp", "Tcp.OutSegs").map(Facts::rise).orElse(0.0);
        return wantOfMemory || lost < SEGMENTS_MIN || sent <= 0 ? 0 : lost / sent;
    }

    /** Tables of tracked flows that shrank though the agents lost no connection. */
    private static List<Evidence> forgotten(Facts facts) {
        double closed = Facts.total(facts.closes(close -> true));
        return facts.all("conntrack", "count").stream()
                .filter(e -> Facts.fall(e) - closed >= FORGOTTEN_MIN * e.peak() && Facts.fall(e) >= UNANSWERED_MIN)
                .toList();
    }

    private static String fix(boolean forgotten) {
        return forgotten
                ? "a heartbeat more frequent than the shortest time-out on the path (ping_interval), or a longer nf_conntrack_tcp_timeout_established"
                : "host: look at the interfaces' drops and at what stands between the hops; the chain itself is not the limit";
    }
}
