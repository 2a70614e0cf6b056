package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** No free source port from a hop towards the next: errno 99 in its log or at the agents; the kernel has no counter for it. */
record SourcePorts() implements Rule {
    private static final int BAD_GATEWAY = 502;

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
        return causes;
    }

    private static Optional<Cause> atProxy(Facts facts, String hop, Evidence lines, List<Evidence> failed) {
        Optional<Evidence> sockets = facts.find(hop, "ss", "up.sockets");
        String says = hop + " found no free source port " + Figures.count(Facts.rise(lines)) + " times"
                + sockets.map(e -> " with " + Figures.count(e.peak()) + " connections to the next hop")
                        .orElse("")
                + "; " + Figures.count(Facts.rises(failed)) + " connects were answered 502";
        return new Citing()
                .and(lines)
                .and(failed)
                .and(sockets)
                .and(facts.counter(hop, "sockstat", "TCP.tw"))
                .cause(
                        Resource.SOURCE_PORTS,
                        hop,
                        failed.isEmpty() ? Rank.LIKELY : Rank.CERTAIN,
                        says,
                        hop
                                + ": a wider net.ipv4.ip_local_port_range, more upstream ports, or proxy_bind over several addresses; max_fails=0 so that peers are not blamed");
    }

    private static Optional<Cause> atAgents(Facts facts, List<Evidence> failed) {
        Optional<Evidence> sockets = facts.find(Symptoms.HOP, "ss", "up.sockets");
        String says = "agents found no free source port for " + Figures.count(Facts.rises(failed)) + " connects"
                + sockets.map(e -> " with " + Figures.count(e.peak()) + " connections up")
                        .orElse("");
        return new Citing()
                .and(failed)
                .and(sockets)
                .and(facts.counter(Symptoms.HOP, "sockstat", "TCP.inuse"))
                .cause(
                        Resource.SOURCE_PORTS,
                        Symptoms.HOP,
                        Rank.LIKELY,
                        says,
                        "agents: more source addresses (--source-ip), a wider net.ipv4.ip_local_port_range, or more listening ports at the first hop");
    }
}
