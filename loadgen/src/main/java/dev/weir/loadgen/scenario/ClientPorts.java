package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agents run out of source ports towards the first hop: what is left over cannot even begin to connect.
 *
 * <p><b>Source:</b> field report A: one address gave 60,000 connections, and some 50 of them were needed; reports C and E had 20 listening ports, which a
 * plain {@code bind()} makes nothing of.
 */
public record ClientPorts() implements Scenario {
    /** The ports that a namespace connects from. */
    static final String RANGE = "net.ipv4.ip_local_port_range";

    private static final String ADDRESSES = "addresses";
    private static final String PLAIN_BIND = "plain-bind";
    private static final int CONNECTIONS = 600;
    private static final double RAMP_SECONDS = 3;
    /** Ports that each process of the first hop accepts on, and as many source addresses where there are several. */
    private static final int EACH_SIDE = 3;
    /** One address holds so many of the connections, over all listening ports of the first hop. */
    private static final double ROOM_SHARE = 0.7;

    private static final ScarcePorts PORTS = new ScarcePorts(40_000, 65_535);
    private static final double FAILED_SHARE = 0.2;

    @Override
    public String name() {
        return "client-ports";
    }

    @Override
    public String says() {
        return "the agents have fewer source ports than connections: the rest cannot begin to connect";
    }

    @Override
    public String report() {
        return "A1";
    }

    @Override
    public String fix() {
        return "a wider ip_local_port_range, or more source addresses whose ports are chosen at connect";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "one source address with ports for 70 % of the connections", Expected.REPRODUCED),
                new Variant("fixed", "the same address, the kernel's own range of ports", Expected.NOT_REPRODUCED),
                new Variant(
                        ADDRESSES,
                        "the small range on three addresses, ports chosen at connect (IP_BIND_ADDRESS_NO_PORT)",
                        Expected.NOT_REPRODUCED),
                new Variant(
                        PLAIN_BIND,
                        "the same three addresses, ports taken by a plain bind: as few as without them",
                        Expected.REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        int entrances = EACH_SIDE * processes(wish);
        int ports = Math.max(1, (int) Math.round(ROOM_SHARE * connections / entrances));
        boolean plainBind = variant.name().equals(PLAIN_BIND);
        HopNetwork agents = HopNetwork.PLAIN;
        if (!variant.name().equals("fixed")) {
            HopNetwork.Ports range = PORTS.of(ports, connections);
            agents = agents.withSysctls(Map.of(RANGE, range.first() + " " + range.last()));
        }
        if (plainBind || variant.name().equals(ADDRESSES)) {
            agents = agents.withAddresses(EACH_SIDE);
        }
        HopNetwork first = HopNetwork.PLAIN.withListening(EACH_SIDE);
        Network network = new Network.Namespaces(Map.of("agents", agents, wish.firstHop(), first), Optional.empty());
        Chain chain = Chain.of(wish, connections, "tuned", Map.of())
                .in(Surroundings.NONE.on(network).with(new Crew.Loops(1, 0, plainBind)));
        return new Plan(
                variant.expected() == Expected.REPRODUCED ? chain.straining(Resource.SOURCE_PORTS, "agents") : chain,
                connections,
                1,
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", connections / RAMP_SECONDS),
                        // Those that got in lack nothing.
                        new Step.Broadcast("broadcast", EVERYONE, 5, 128, 2, Duration.ofSeconds(10))),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.SOURCE_PORTS,
                        "agents",
                        new Symptom.ConnectsFail(FAILED_SHARE, List.of("EADDRNOTAVAIL", "EADDRINUSE")),
                        List.of("ss"),
                        List.of())));
    }

    private static int processes(Wish wish) {
        return wish.edges() > 0 ? wish.edges() : wish.processesAfterEdge();
    }
}
