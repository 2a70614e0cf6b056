package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * No free source port from a hop towards the next: errno 99 in its log or at the agents; the kernel has no counter for it. And, before that, a
 * search for one that takes ever longer, of which nothing tells at all.
 *
 * <p><b>Source:</b> {@code connect()} first tries the ports of one parity; when those of a (source, destination) pair are gone, every call scans them
 * all before it tries the rest. Measured: 20,000 connects a second up to 50.1 % of the tuples, then 150.
 */
record SourcePorts() implements Rule {
    private static final int BAD_GATEWAY = 502;
    /** Of the tuples; the kernel spreads connections over pairs not quite evenly, so the first pairs are there a little earlier. */
    private static final double KNEE_MIN = 0.48;

    private static final double SLOW_CONNECT_MILLIS = 1_000;
    /** Of the tuples; the rest may wait to be forgotten after a close. */
    private static final double FULL_MIN = 0.95;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        List<Evidence> failed = facts.failures(failure -> failure.status() == BAD_GATEWAY);
        for (String hop : facts.hops()) {
            facts.risen(hop, "error-log", "address-unavailable", 1)
                    .flatMap(lines -> atProxy(facts, hop, lines, failed))
                    .ifPresent(causes::add);
        }
        List<Evidence> own = facts.failures(failure -> failure.errno().equals("EADDRNOTAVAIL")
                || (failure.stage().equals("bind") && failure.errno().equals("EADDRINUSE")));
        if (!own.isEmpty()) {
            atAgents(facts, own).ifPresent(causes::add);
        }
        List<String> named = causes.stream().map(Cause::hop).toList();
        Stream.concat(Stream.of(Symptoms.HOP), facts.hops().stream())
                .filter(hop -> !named.contains(hop))
                .forEach(hop -> atKnee(facts, hop).ifPresent(causes::add));
        return causes;
    }

    /** Half of the tuples of a hop are taken, and connecting is slow. */
    private static Optional<Cause> atKnee(Facts facts, String hop) {
        Optional<Evidence> sockets = facts.find(hop, "ss", "up.sockets");
        Optional<Evidence> pairs = facts.find(hop, "ss", "up.pairs").filter(e -> e.peak() > 0);
        Optional<Evidence> range = range(facts, hop);
        List<Evidence> late = facts.failures(failure -> failure.stage().equals("timeout"));
        if (sockets.isEmpty() || pairs.isEmpty() || range.isEmpty() || !(slow(facts) || !late.isEmpty())) {
            return Optional.empty();
        }
        double tuples = pairs.get().peak() * range.get().peak();
        double share = sockets.get().peak() / tuples;
        if (share < KNEE_MIN) {
            return Optional.empty();
        }
        String says = hop + " holds " + Figures.count(sockets.get().peak()) + " connections to the next hop, "
                + Figures.share(share) + " of " + Figures.count(tuples) + " tuples ("
                + Figures.count(range.get().peak())
                + " ports × " + Figures.count(pairs.get().peak())
                + " pairs of addresses): beyond half, each connect() scans the taken half first, and no error says so";
        return new Citing()
                .and(sockets)
                .and(pairs)
                .and(range)
                .and(late)
                .cause(
                        Resource.SOURCE_PORTS,
                        hop,
                        Rank.LIKELY,
                        says,
                        hop
                                + ": twice as many source addresses or listening ports at the next hop, or a wider net.ipv4.ip_local_port_range");
    }

    private static Optional<Evidence> range(Facts facts, String hop) {
        return facts.counter(hop, "namespace", "source-ports")
                .or(() -> facts.find("host", "host", "source-ports"))
                .filter(e -> e.peak() > 0);
    }

    private static boolean slow(Facts facts) {
        return facts.phases().stream()
                .anyMatch(phase -> phase.latencyMillis().connect().p99() >= SLOW_CONNECT_MILLIS);
    }

    private static Optional<Cause> atProxy(Facts facts, String hop, Evidence lines, List<Evidence> failed) {
        Optional<Evidence> blamed = facts.risen(hop, "error-log", "upstream-disabled", 1);
        Optional<Evidence> sockets = facts.find(hop, "ss", "up.sockets");
        String says = hop + " found no free source port " + Figures.count(Facts.rise(lines)) + " times"
                + sockets.map(e -> " with " + Figures.count(e.peak()) + " connections to the next hop")
                        .orElse("")
                + "; " + Figures.count(Facts.rises(failed)) + " connects were answered 502"
                + blamed.map(e -> "; it blamed the next hop for it and marked servers down "
                                + Figures.count(Facts.rise(e)) + " times")
                        .orElse("");
        return new Citing()
                .and(lines)
                .and(failed)
                .and(blamed)
                .and(facts.risen(hop, "error-log", "no-live-upstreams", 1))
                .and(sockets)
                .and(facts.find(hop, "ss", "up.pairs").filter(e -> e.peak() > 0))
                .and(range(facts, hop))
                .and(facts.counter(hop, "sockstat", "TCP.tw"))
                .cause(
                        Resource.SOURCE_PORTS,
                        hop,
                        failed.isEmpty() ? Rank.LIKELY : Rank.CERTAIN,
                        says,
                        hop
                                + ": a wider net.ipv4.ip_local_port_range, more upstream ports, or proxy_bind over several addresses; max_fails=0 so that peers are not blamed");
    }

    /**
     * The agents' own word, and beside it the arithmetic: ports that were taken at connect are free for each (source, destination) pair again, those
     * taken by a plain bind are one range for each source address, whatever the destination.
     */
    private static Optional<Cause> atAgents(Facts facts, List<Evidence> failed) {
        boolean early = failed.stream().allMatch(e -> e.key().contains("stage=bind,"));
        Optional<Evidence> sockets = facts.find(Symptoms.HOP, "ss", "up.sockets");
        Optional<Evidence> shared = facts.find(Symptoms.HOP, "ss", early ? "up.sources" : "up.pairs")
                .filter(e -> e.peak() > 0);
        Optional<Evidence> range = range(facts, Symptoms.HOP);
        boolean known = sockets.isPresent() && shared.isPresent() && range.isPresent();
        double ports = known ? shared.orElseThrow().peak() * range.orElseThrow().peak() : 0;
        boolean full = known && sockets.orElseThrow().peak() >= FULL_MIN * ports;
        String says = "agents found no free source port for " + Figures.count(Facts.rises(failed)) + " connects"
                + sockets.map(e -> " with " + Figures.count(e.peak()) + " connections up")
                        .orElse("")
                + (full
                        ? ", all that " + Figures.count(range.orElseThrow().peak()) + " ports × "
                                + Figures.count(shared.orElseThrow().peak())
                                + (early
                                        ? " source addresses hold, bound before the destination was known"
                                        : " pairs of addresses hold")
                        : "");
        return new Citing()
                .and(failed)
                .and(sockets)
                .and(known ? shared : Optional.empty())
                .and(known ? range : Optional.empty())
                .and(facts.counter(Symptoms.HOP, "sockstat", "TCP.inuse"))
                .butNot(facts.hops().stream()
                        .findFirst()
                        .flatMap(first -> facts.counter(first, "netstat", "TcpExt.ListenDrops")))
                .cause(
                        Resource.SOURCE_PORTS,
                        Symptoms.HOP,
                        full ? Rank.CERTAIN : Rank.LIKELY,
                        says,
                        early
                                ? "agents: IP_BIND_ADDRESS_NO_PORT on sockets that are bound to a source address, so that a port is free again for each destination"
                                : "agents: more source addresses (--source-ip), a wider net.ipv4.ip_local_port_range, or more listening ports at the first hop");
    }
}
