package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hop closes peers that do not read.
 *
 * <p>Signature: lines {@code client timed out … while proxying upgraded connection} at the hop, and senders that probed a closed window. The agents may
 * never notice: the FIN waits behind what they do not read, in a socket that nobody owns any more (FIN-WAIT-1, an orphan).
 */
record SendTimeout() implements Rule {
    private static final String SEND_LINE = "client-timed-out-upgraded";
    /** Of HAProxy, whose tunnel time-out ends silent connections and those that take nothing with the same letters. */
    private static final String TUNNEL_LINE = "tunnel-timed-out";

    private static final String IDLE_LINE = "upstream-timed-out-upgraded";

    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        boolean logged = false;
        for (Tier tier : facts.tiers()) {
            List<Evidence> lines = facts.at(tier, "error-log", SEND_LINE);
            if (Facts.rises(lines) > 0) {
                logged = true;
                byLog(facts, tier, lines).ifPresent(causes::add);
            }
            List<Evidence> tunnels = facts.at(tier, "error-log", TUNNEL_LINE);
            if (Facts.rises(tunnels) > 0 && SlowReaders.held(facts, tier) >= SlowReaders.SOCKETS_MIN) {
                logged = true;
                byLog(facts, tier, tunnels).ifPresent(causes::add);
            }
        }
        List<Facts.Closed> cuts = facts.closes(close -> Facts.cut(close) && Facts.slow(close));
        boolean silent = facts.proxies().stream().anyMatch(hop -> !facts.infoLog(hop));
        if (!logged && !facts.logged(IDLE_LINE) && silent && !cuts.isEmpty()) {
            byClosedWindows(facts, cuts).ifPresent(causes::add);
        }
        return causes;
    }

    private static Optional<Cause> byLog(Facts facts, Tier tier, List<Evidence> lines) {
        Optional<Evidence> probes = windowProbes(facts, tier.members().getFirst());
        List<Evidence> finWait = facts.at(tier, "ss", "down.fin-wait-1");
        Rank rank = probes.isPresent() ? Rank.CERTAIN : Rank.LIKELY;
        String left = Facts.peaks(finWait) == 0
                ? ""
                : "; " + Figures.count(Facts.peaks(finWait)) + " sockets stayed in FIN-WAIT-1 with "
                        + Figures.bytes(Facts.peaks(facts.at(tier, "ss", "down.fin-wait-1.sendq")));
        String says = tier.name() + " gave up on " + Figures.count(Facts.rises(lines))
                + " peers that did not read: its log says '" + words(lines) + "'"
                + left;
        Citing citing = symptoms(facts, facts.closes(close -> Facts.cut(close) && Facts.slow(close)))
                .and(lines)
                .and(probes)
                .and(finWait.stream().filter(e -> e.peak() > 0).toList())
                .and(facts.risen("host", "sockstat", "TCP.orphan", 1));
        tier.members().forEach(hop -> citing.butNot(facts.find(hop, "error-log", IDLE_LINE)));
        return citing.cause(Resource.SEND_TIMEOUT, tier.name(), rank, says, fix(tier.name()));
    }

    private static String words(List<Evidence> lines) {
        boolean tunnel = lines.stream().anyMatch(line -> line.key().equals(TUNNEL_LINE));
        return tunnel ? "ended=cD" : "client timed out while proxying upgraded connection";
    }

    private static Optional<Cause> byClosedWindows(Facts facts, List<Facts.Closed> cuts) {
        Close first = cuts.getFirst().close();
        Optional<Evidence> probes = windowProbes(facts, first.by());
        if (probes.isEmpty()) {
            return Optional.empty();
        }
        String says = first.by() + " closed " + Figures.count(Facts.total(cuts))
                + " connections of readers that did not read, after " + Figures.count(Facts.rise(probes.get()))
                + " window probes; no log at level info confirms it";
        Rank rank = facts.proxies().stream().anyMatch(facts::log) ? Rank.POSSIBLE : Rank.LIKELY;
        return symptoms(facts, cuts).and(probes).cause(Resource.SEND_TIMEOUT, first.by(), rank, says, fix(first.by()));
    }

    private static Optional<Evidence> windowProbes(Facts facts, String hop) {
        return facts.counter(hop, "netstat", "TcpExt.TCPWinProbe").filter(e -> Facts.rise(e) > 0);
    }

    private static Citing symptoms(Facts facts, List<Facts.Closed> cuts) {
        Citing citing = new Citing();
        cuts.forEach(cut -> citing.and(facts.symptom(Symptoms.closedKey(cut.close()))));
        return citing;
    }

    private static String fix(String hop) {
        return hop
                + ": send_timeout only shows the slow reader; set reset_timedout_connection on so that its queue is freed,"
                + " and let the gateway close slow consumers first";
    }
}
