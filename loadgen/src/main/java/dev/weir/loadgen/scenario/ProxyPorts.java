package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The edge has fewer tuples towards the ingress than connections: those beyond are answered 502, and the edge takes its own want of ports for a
 * fault of the ingress and marks all its servers down.
 *
 * <p><b>Source:</b> field report B, step 4: stuck at 720,000, with 40,000 ports × 5 ingresses × 4 edges.
 */
public record ProxyPorts() implements Scenario {
    private static final String UPSTREAM_PORTS = "upstream-ports";
    private static final String PROXY_BIND = "proxy-bind";
    private static final String MAX_FAILS = "max-fails";
    private static final String MAX_CONNS = "max-conns";
    private static final int CONNECTIONS = 800;
    private static final double RAMP_SECONDS = 2;
    /** A single server is never marked down. */
    private static final int SERVERS = 2;
    /** So many times the tuples, by ports or by addresses: the plan uses half of them. */
    private static final int MORE = 4;
    /** So many of the connections find a tuple. */
    private static final double ROOM_SHARE = 0.6;

    /** nginx gives a connection's place away a moment before its port is free: at all of the ports, some were found taken. */
    private static final double LIMIT_SHARE = 0.9;

    private static final ScarcePorts PORTS = new ScarcePorts(40_000, 65_535);
    private static final double FAILED_SHARE = 0.25;
    private static final double BACK_SHARE = 0.05;
    private static final String BACK = "back";

    /**
     * The edge's port is free when the hop behind has closed as well, which on a busy machine takes some tenths of a second: who comes back at once races
     * with that, and finds want of ports where blame was to be seen. Shorter than the blame lasts, 10 s.
     */
    private static final Duration AWAY = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "proxy-ports";
    }

    @Override
    public String says() {
        return "the edge has fewer source ports than connections: 502, then healthy servers are marked down";
    }

    @Override
    public String report() {
        return "B4";
    }

    @Override
    public String fix() {
        return "a wider ip_local_port_range, more upstream ports, or proxy_bind over addresses; max_fails=0 or max_conns bound the harm";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant(
                        "broken",
                        "tuples for 60 % of the connections, max_fails=1 as nginx has it",
                        Expected.REPRODUCED),
                new Variant("fixed", "the kernel's own range of ports", Expected.NOT_REPRODUCED),
                new Variant(
                        UPSTREAM_PORTS,
                        "the small range, four times the ports at the ingress",
                        Expected.NOT_REPRODUCED),
                new Variant(PROXY_BIND, "the small range, four addresses at the edge", Expected.NOT_REPRODUCED),
                new Variant(MAX_FAILS, "the small range, max_fails=0: no server is blamed", Expected.REPRODUCED),
                new Variant(
                        MAX_CONNS,
                        "the small range, max_conns at 90 % of what it holds: refused before ports are gone",
                        Expected.REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        String way = variant.name();
        int servers = SERVERS * wish.processesAfterEdge();
        int ports = Math.max(1, (int) Math.round(ROOM_SHARE * connections / Math.max(1, wish.edges()) / servers));
        Map<String, String> sysctls = new TreeMap<>(Map.of(
                // A port is free as soon as both ends have closed, so that only blame keeps out who comes back.
                "net.ipv4.tcp_max_tw_buckets", "0"));
        if (!way.equals("fixed")) {
            HopNetwork.Ports range = PORTS.of(ports, connections);
            sysctls.put(ClientPorts.RANGE, range.first() + " " + range.last());
        }
        HopNetwork edge = HopNetwork.PLAIN.withSysctls(sysctls).withAddresses(way.equals(PROXY_BIND) ? MORE : 1);
        HopNetwork next = HopNetwork.PLAIN.withListening(way.equals(UPSTREAM_PORTS) ? MORE * SERVERS : SERVERS);
        Map<String, String> settings =
                new TreeMap<>(Map.of("edge.max_fails", way.equals(MAX_FAILS) ? "0" : "1", "edge.fail_timeout", "10s"));
        if (way.equals(MAX_CONNS)) {
            settings.put("edge.max_conns", Integer.toString(Math.max(1, (int) (LIMIT_SHARE * ports))));
        }
        Network network = new Network.Namespaces(Map.of("edge", edge, wish.afterEdge(), next), Optional.empty());
        Chain chain = Chain.of(wish, connections, "tuned", settings).in(Surroundings.NONE.on(network));
        if (variant.expected() == Expected.REPRODUCED) {
            chain = chain.straining(Resource.SOURCE_PORTS, "edge");
        }
        if (way.equals(MAX_CONNS)) {
            chain = chain.straining(Resource.ADMISSION_LIMIT, "edge");
        }
        return new Plan(
                chain, connections, 1, true, true, steps(connections), variant.expected(), Optional.of(claim(way)));
    }

    private static Claim claim(String way) {
        Symptom symptom = way.equals(MAX_FAILS) || way.equals(MAX_CONNS)
                ? new Symptom.ConnectsFail(FAILED_SHARE, List.of("502"))
                : new Symptom.PeersBlamed("edge", FAILED_SHARE, BACK);
        return new Claim(
                way.equals(MAX_CONNS) ? Resource.ADMISSION_LIMIT : Resource.SOURCE_PORTS,
                "edge",
                symptom,
                List.of("error-log"),
                List.of());
    }

    private static List<Step> steps(int connections) {
        return List.of(
                new Step.Ramp("ramp", connections / RAMP_SECONDS),
                // A few of those that are in go, and their ports with them.
                new Step.Leave(BACK, BACK_SHARE, EVERYONE, 2, Duration.ofSeconds(2), AWAY, Duration.ofSeconds(20)),
                // Those that are in lack nothing.
                new Step.Broadcast("broadcast", EVERYONE, 5, 128, 2, Duration.ofSeconds(10)));
    }
}
