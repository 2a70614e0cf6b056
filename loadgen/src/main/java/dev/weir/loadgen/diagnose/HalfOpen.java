package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Peers vanished without a FIN: bytes to them stay unanswered, pongs do not come, and no reset tells.
 *
 * <p>Signature: sockets that sent the same bytes again at least three times; then time-outs, closes for want of a pong, or messages that never came.
 */
record HalfOpen() implements Rule {
    /** <b>Source:</b> the protocol's catalogue of close codes: {@code no pong}. */
    private static final String NO_PONG = "client_num_server_disconnects{code=3012}";

    private static final double SOCKETS_MIN = 3;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        List<Evidence> unanswered = unanswered(facts, SOCKETS_MIN);
        Optional<Evidence> widest = unanswered.stream().max(java.util.Comparator.comparingDouble(Evidence::peak));
        List<Evidence> signs = new ArrayList<>();
        for (String hop : facts.hops()) {
            facts.risen(hop, "gateway", NO_PONG, SOCKETS_MIN).ifPresent(signs::add);
        }
        signs.addAll(TcpMemory.moved(facts, "TcpExt.TCPAbortOnTimeout", SOCKETS_MIN));
        facts.closes(close -> close.how().equals("timeout"))
                .forEach(closed ->
                        facts.symptom(Symptoms.closedKey(closed.close())).ifPresent(signs::add));
        facts.symptom("deliveries.lost").filter(e -> e.after() >= SOCKETS_MIN).ifPresent(signs::add);
        if (widest.isEmpty() && signs.size() < 2) {
            return causes;
        }
        String hop = widest.map(Evidence::hop)
                .orElse(facts.hops().isEmpty() ? "host" : facts.hops().getLast());
        Rank rank = widest.isPresent() && !signs.isEmpty() ? Rank.CERTAIN : Rank.LIKELY;
        if (widest.isEmpty() && facts.generatorSaturated()) {
            rank = Rank.POSSIBLE;
        }
        String says = Figures.count(widest.map(Evidence::peak).orElse(0.0)) + " sockets of " + hop
                + " sent the same bytes again and again and got neither an answer nor a reset"
                + signs.stream()
                        .findFirst()
                        .map(e -> "; " + e.key() + " rose by " + Figures.count(Facts.rise(e)))
                        .orElse("");
        new Citing()
                .and(unanswered)
                .and(signs)
                .and(facts.counter(hop, "netstat", "TcpExt.TCPTimeouts"))
                .butNot(facts.counter(hop, "snmp", "Tcp.EstabResets"))
                .cause(
                        Resource.HALF_OPEN,
                        hop,
                        rank,
                        says,
                        hop
                                + ": pings and a pong time-out at the gateway, keep-alive at the proxies (so_keepalive=60s:10s:3): without them a vanished peer stays for 15 minutes")
                .ifPresent(causes::add);
        return causes;
    }

    /** Sockets of either side of any hop that get no answer. */
    static List<Evidence> unanswered(Facts facts, double least) {
        return facts.evidence().stream()
                .filter(e -> e.probe().equals("ss") && e.key().endsWith(".unanswered") && e.peak() >= least)
                .toList();
    }
}
