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
 * A hop closes connections on which nothing was sent.
 *
 * <p>Signature: cut without a close frame, all after the same silence, and as many lines {@code upstream timed out … while proxying upgraded
 * connection} in the log of the hop that did it. That hop may lie behind the one that the agents see. Without a readable log the silences alone
 * must speak, and only when the cuts are spread over time: cuts at one moment have equal silences too.
 */
record IdleTimeout() implements Rule {
    private static final String IDLE_LINE = "upstream-timed-out-upgraded";
    private static final String SEND_LINE = "client-timed-out-upgraded";
    /** Lines and cuts are of the same order within this factor. */
    private static final double SAME_ORDER = 2;
    /** A hop whose log accounts for less than this part of the cuts is not named. */
    private static final double LINES_SHARE_MIN = 0.1;

    @Override
    public List<Cause> judge(Facts facts) {
        Optional<IdleCluster> found = IdleCluster.of(facts.closes(close -> Facts.cut(close) && !Facts.slow(close)));
        if (found.isEmpty()) {
            return List.of();
        }
        IdleCluster cluster = found.get();
        List<Cause> causes = new ArrayList<>();
        boolean logged = false;
        for (String hop : facts.hops()) {
            Optional<Evidence> lines = facts.risen(hop, "error-log", IDLE_LINE, 1);
            logged |= lines.isPresent();
            lines.filter(e -> Facts.rise(e) >= LINES_SHARE_MIN * cluster.count())
                    .flatMap(e -> byLog(facts, cluster, hop, e))
                    .ifPresent(causes::add);
        }
        String nearest = cluster.largest().by();
        boolean silent = facts.proxies().stream().anyMatch(hop -> !facts.infoLog(hop));
        if (!logged && silent && cluster.unlikeOneMoment()) {
            byAges(facts, cluster, nearest).ifPresent(causes::add);
        }
        return causes;
    }

    private static Optional<Cause> byLog(Facts facts, IdleCluster cluster, String hop, Evidence lines) {
        double ratio = Facts.rise(lines) / (double) cluster.count();
        Rank rank = ratio >= 1 / SAME_ORDER && ratio <= SAME_ORDER ? Rank.CERTAIN : Rank.LIKELY;
        String says = hop + " closed " + Figures.count(Math.min((double) cluster.count(), Facts.rise(lines)))
                + " connections " + Figures.time(cluster.idleMillis()) + " after the last byte; its log says '"
                + "upstream timed out while proxying upgraded connection' " + Figures.count(Facts.rise(lines))
                + " times";
        return cite(facts, cluster)
                .and(lines)
                .butNot(facts.find(hop, "error-log", SEND_LINE))
                .butNot(facts.find(hop, "process", "workers.exited"))
                .cause(Resource.IDLE_TIMEOUT, hop, rank, says, fix(hop, cluster));
    }

    private static Optional<Cause> byAges(Facts facts, IdleCluster cluster, String hop) {
        Close largest = cluster.largest();
        Rank rank = facts.proxies().stream().anyMatch(facts::log) ? Rank.POSSIBLE : Rank.LIKELY;
        String says = hop + " closed " + Figures.count(cluster.count()) + " connections "
                + Figures.time(cluster.idleMillis()) + " after the last byte, without a close frame ("
                + largest.how().toUpperCase(java.util.Locale.ROOT)
                + "); no log at level info says which hop's timer it was";
        return cite(facts, cluster)
                .and(facts.counter(hop, "snmp", "Tcp.EstabResets"))
                .and(facts.find(hop, "process", "alive"))
                .cause(Resource.IDLE_TIMEOUT, hop, rank, says, fix(hop, cluster));
    }

    private static Citing cite(Facts facts, IdleCluster cluster) {
        Citing citing = new Citing();
        for (Facts.Closed closed : cluster.closes()) {
            citing.and(facts.symptom(Symptoms.closedKey(closed.close())));
        }
        return citing.and(facts.symptom(Symptoms.idleKey(cluster.largest(), "p50")));
    }

    private static String fix(String hop, IdleCluster cluster) {
        String now = Figures.time(cluster.idleMillis());
        return hop + ": raise proxy_read_timeout above the longest silence (it acts like " + now
                + "), or send heartbeats at most every " + Figures.time(cluster.idleMillis() / 2);
    }
}
