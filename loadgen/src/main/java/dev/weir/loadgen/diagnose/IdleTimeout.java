package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    /** Of HAProxy, whose tunnel time-out ends silent connections and those that take nothing with the same letters. */
    private static final String TUNNEL_LINE = "tunnel-timed-out";

    private static final String SEND_LINE = "client-timed-out-upgraded";
    /** Fewer are the accidents of any day. */
    private static final double LINES_MIN = 3;

    /** Lines and cuts are of the same order within this factor. */
    private static final double SAME_ORDER = 2;
    /** A hop whose log accounts for less than this part of the cuts is not named. */
    private static final double LINES_SHARE_MIN = 0.1;

    @Override
    public List<Cause> judge(Facts facts) {
        if (facts.phases().isEmpty()) {
            return withoutAgents(facts);
        }
        List<Facts.Closed> cuts = facts.closes(close -> Facts.cut(close) && !Facts.slow(close));
        Optional<IdleCluster> found = IdleCluster.of(cuts).or(() -> IdleCluster.loose(cuts));
        if (found.isEmpty()) {
            return List.of();
        }
        IdleCluster cluster = found.get();
        List<Cause> causes = new ArrayList<>();
        boolean logged = false;
        for (Tier tier : facts.tiers()) {
            List<Evidence> lines = new ArrayList<>(facts.at(tier, "error-log", IDLE_LINE));
            facts.at(tier, "error-log", TUNNEL_LINE).stream()
                    .filter(line -> Facts.rises(List.of(line)) > 0)
                    .forEach(lines::add);
            logged |= Facts.rises(lines) > 0;
            if (Facts.rises(lines) > 0 && Facts.rises(lines) >= LINES_SHARE_MIN * cluster.count()) {
                byLog(facts, cluster, tier, lines).ifPresent(causes::add);
            }
        }
        if (!logged && !facts.logged(SEND_LINE) && cluster.tight() && cluster.unlikeOneMoment()) {
            silentProxy(facts, cluster.largest().by())
                    .flatMap(hop -> byAges(facts, cluster, hop))
                    .ifPresent(causes::add);
        }
        return causes;
    }

    /** On a chain that is only watched nobody counts closes: the hop's own log and its count of connections must speak. */
    private static List<Cause> withoutAgents(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        for (String hop : facts.proxies()) {
            Optional<Evidence> lines = facts.risen(hop, "error-log", IDLE_LINE, LINES_MIN);
            Optional<Evidence> freed = facts.find(hop, "nginx-status", "active")
                    .or(() -> facts.find(hop, "ss", "down.sockets"))
                    .filter(e -> Facts.fall(e) > 0);
            if (lines.isPresent()) {
                String says = hop + " cut " + Figures.count(Facts.rise(lines.get()))
                        + " connections on which nothing was sent: its log says 'upstream timed out while proxying"
                        + " upgraded connection'";
                new Citing()
                        .and(lines)
                        .and(freed)
                        .and(facts.find(hop, "error-log", "info-lines"))
                        .butNot(facts.find(hop, "error-log", SEND_LINE))
                        .cause(
                                Resource.IDLE_TIMEOUT,
                                hop,
                                freed.isPresent() ? Rank.CERTAIN : Rank.LIKELY,
                                says,
                                hop + ": proxy_read_timeout above twice the interval of pings, at every hop")
                        .ifPresent(causes::add);
            }
        }
        return causes;
    }

    private static Optional<Cause> byLog(Facts facts, IdleCluster cluster, Tier tier, List<Evidence> lines) {
        double count = Facts.rises(lines);
        double ratio = count / (double) cluster.count();
        boolean sameOrder = ratio >= 1 / SAME_ORDER && ratio <= SAME_ORDER;
        Rank rank = sameOrder && cluster.tight() ? Rank.CERTAIN : Rank.LIKELY;
        String says = tier.name() + " closed " + Figures.count(Math.min((double) cluster.count(), count))
                + " connections " + Figures.time(cluster.idleMillis()) + " after the last byte; its log says '"
                + words(lines) + "' " + Figures.count(count) + " times";
        Citing citing = cite(facts, cluster).and(lines);
        for (String hop : tier.members()) {
            citing.butNot(facts.find(hop, "error-log", SEND_LINE)).butNot(facts.find(hop, "process", "workers.exited"));
        }
        return citing.cause(Resource.IDLE_TIMEOUT, tier.name(), rank, says, fix(tier.name(), cluster));
    }

    private static String words(List<Evidence> lines) {
        boolean tunnel = lines.stream().anyMatch(line -> line.key().equals(TUNNEL_LINE));
        return tunnel ? "ended=cD" : "upstream timed out while proxying upgraded connection";
    }

    /** A proxy whose log would not show its timers: the nearest one if it is such, else the first behind it. */
    private static Optional<String> silentProxy(Facts facts, String nearest) {
        List<String> silent =
                facts.proxies().stream().filter(hop -> !facts.infoLog(hop)).toList();
        return silent.contains(nearest) ? Optional.of(nearest) : silent.stream().findFirst();
    }

    /** The silences as the agents saw them; more than possible only when the hop's own count of connections fell by as many. */
    private static Optional<Cause> byAges(Facts facts, IdleCluster cluster, String hop) {
        Close largest = cluster.largest();
        Optional<Evidence> freed =
                facts.find(hop, "nginx-status", "active").filter(e -> Facts.fall(e) >= cluster.count() / SAME_ORDER);
        boolean otherLog = facts.proxies().stream().anyMatch(facts::log);
        Rank rank = freed.isPresent() && !otherLog ? Rank.LIKELY : Rank.POSSIBLE;
        String says = hop + " closed " + Figures.count(cluster.count()) + " connections "
                + Figures.time(cluster.idleMillis()) + " after the last byte, without a close frame ("
                + largest.how().toUpperCase(Locale.ROOT)
                + "); no log at level info says which hop's timer it was";
        return cite(facts, cluster)
                .and(freed)
                .and(facts.find(hop, "process", "alive").filter(e -> e.after() > 0))
                .butNot(facts.find(hop, "process", "workers.exited"))
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
        return hop + ": raise proxy_read_timeout (HAProxy: timeout tunnel) above the longest silence (it acts like "
                + now + "), or send heartbeats at most every " + Figures.time(cluster.idleMillis() / 2);
    }
}
