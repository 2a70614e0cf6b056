package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import java.util.Optional;

/** The gateway closed slow consumers on purpose: its own counter of close code 3008, and the closes or the closed windows that go with it. */
record SlowConsumerPolicy() implements Rule {
    /** <b>Source:</b> the protocol's catalogue of close codes: {@code slow}. */
    private static final int CODE = 3008;

    private static final String COUNTER = "client_num_server_disconnects{code=" + CODE + "}";

    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.hops(), hop -> facts.risen(hop, "gateway", COUNTER, 1)
                .flatMap(counter -> judge(facts, hop, counter)));
    }

    private static Optional<Cause> judge(Facts facts, String hop, Evidence counter) {
        List<Facts.Closed> closes = facts.closes(close -> close.code() == CODE);
        Optional<Evidence> probes =
                facts.counter(hop, "netstat", "TcpExt.TCPWinProbe").filter(e -> Facts.rise(e) > 0);
        Rank rank = closes.isEmpty() && probes.isEmpty() ? Rank.LIKELY : Rank.CERTAIN;
        Citing citing = new Citing().and(counter);
        closes.forEach(closed -> citing.and(facts.symptom(Symptoms.closedKey(closed.close()))));
        String says = hop + " closed " + Figures.count(Facts.rise(counter)) + " slow consumers with code " + CODE
                + "; the agents saw " + Figures.count(Facts.total(closes)) + " of these closes";
        return citing.and(probes)
                .and(queuedBytes(facts, hop))
                .cause(
                        Resource.SLOW_CONSUMER_POLICY,
                        hop,
                        rank,
                        says,
                        "as configured: raise the gateway's slow-consumer bound, or choose policy drop or latest, if these readers must stay");
    }

    private static List<Evidence> queuedBytes(Facts facts, String hop) {
        return facts.evidence().stream()
                .filter(e -> e.hop().equals(hop)
                        && e.probe().equals("gateway")
                        && e.key().contains("queued_bytes"))
                .toList();
    }
}
