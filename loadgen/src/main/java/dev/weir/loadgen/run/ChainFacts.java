package dev.weir.loadgen.run;

import dev.weir.loadgen.evidence.HopKind;
import dev.weir.loadgen.evidence.HopTarget;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.loadgen.topology.RunningHop;
import dev.weir.proxy.profile.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a record says of the chain.
 *
 * @param hops the processes
 * @param requested settings as asked for, with hop prefix
 * @param actual the same keys as they stand in the rendered files
 */
record ChainFacts(List<Hop> hops, Map<String, Object> requested, Map<String, Object> actual) {
    /** What closes a silent WebSocket at an nginx, and at a HAProxy. */
    private static final List<String> SILENCES = List.of("proxy_read_timeout", "timeout_tunnel");

    /** The facts of a chain that is up. */
    static ChainFacts of(RunningChain chain, Plan plan) {
        Map<String, Object> requested = new LinkedHashMap<>();
        Map<String, Object> actual = new LinkedHashMap<>();
        for (Map<String, Object> side : List.of(requested, actual)) {
            side.put("connections", plan.connections());
            side.put("profile", plan.chain().profile());
        }
        for (RunningHop hop : chain.hops()) {
            new TreeMap<>(hop.requested()).forEach((name, value) -> {
                requested.put(hop.name() + "." + name, value);
                actual.put(hop.name() + "." + name, hop.effective().getOrDefault(name, value));
            });
        }
        return new ChainFacts(hops(chain), requested, actual);
    }

    private static List<Hop> hops(RunningChain chain) {
        return chain.hops().stream()
                .map(hop -> new Hop(hop.name(), hop.kind(), hop.version(), List.of(hop.pid()), hop.configDigest()))
                .toList();
    }

    /** The chain in one line, e.g. {@code edge nginx :14501 → ingress nginx :14510-14511 → gateway :14520}. */
    static String line(RunningChain chain) {
        return chain.hops().stream()
                .map(hop ->
                        hop.name() + " " + hop.kind() + " :" + hop.listenPorts().getFirst()
                                + (hop.listenPorts().size() > 1
                                        ? "-" + hop.listenPorts().getLast()
                                        : ""))
                .collect(Collectors.joining(" → "));
    }

    /** What evidence is read from: the agents first, then each hop. */
    static List<HopTarget> targets(RunningChain chain, long agentsPid) {
        List<HopTarget> targets = new ArrayList<>();
        List<Integer> entrances =
                chain.targets().stream().map(uri -> uri.getPort()).toList();
        targets.add(new HopTarget(
                "agents",
                HopKind.AGENTS,
                agentsPid,
                List.of(),
                entrances,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        for (RunningHop hop : chain.hops()) {
            targets.add(new HopTarget(
                    hop.name(),
                    kind(hop),
                    hop.pid(),
                    hop.listenPorts(),
                    hop.upstreamPorts(),
                    Optional.of(hop.errorLog()),
                    hop.status(),
                    hop.metrics(),
                    hop.events()));
        }
        return targets;
    }

    private static HopKind kind(RunningHop hop) {
        return Arrays.stream(HopKind.values())
                .filter(kind -> kind.id().equals(hop.kind()))
                .findFirst()
                .orElse(HopKind.OTHER);
    }

    /** What evidence of a run is read from: {@link #targets}, and the router on the way. */
    static List<HopTarget> watched(RunningChain chain, long agentsPid) {
        List<HopTarget> watched = new ArrayList<>(targets(chain, agentsPid));
        chain.router().ifPresent(pid -> watched.add(HopTarget.ofProcess("nat", HopKind.ROUTER, pid)));
        return watched;
    }

    /** The shortest read timeout of the proxies in milliseconds, as it stands in the rendered files; empty without a proxy. */
    static OptionalLong shortestReadTimeoutMillis(RunningChain chain) {
        return chain.hops().stream()
                .flatMap(hop -> SILENCES.stream().map(hop.effective()::get))
                .filter(Objects::nonNull)
                .map(Units::millis)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }
}
