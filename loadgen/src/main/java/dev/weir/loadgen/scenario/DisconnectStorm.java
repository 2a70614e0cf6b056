package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.traffic.Mix;
import dev.weir.loadgen.traffic.TrafficPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Agents with most of the connections die at once, or a gateway does: how long each hop stalls, how soon it has let go, and what those notice that are left.
 *
 * <p><b>Source:</b> field report C: Ctrl-C on one client froze the server, at 2,000 connections with one network card and not at a million with another; field
 * report A: client machines could not be reached after a server process had been killed.
 */
public record DisconnectStorm() implements Scenario {
    private static final int CONNECTIONS = 4_000;
    /** Enough that all of them, ending, are a turn of hundreds of milliseconds when nothing bounds it. */
    private static final int CONNECTIONS_OF_SLICES = 12_000;

    private static final int AGENTS = 4;
    private static final int SPARED = 1;
    private static final int AGENTS_OF_SERVER = 2;
    private static final int MEMBERS_OF_A_ROOM = 50;
    private static final int PAYLOAD_BYTES = 128;

    private static final Mix MIX = new Mix(Map.of(Operation.CONNECT, 5.0, Operation.API, 20.0, Operation.HEALTH, 10.0));
    /** A visitor stays a second and takes no longer than another to come and to go. */
    private static final int VISITORS = 20;

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration CALM = Duration.ofSeconds(4);
    private static final Duration STORM = Duration.ofSeconds(6);
    private static final Duration AFTER = Duration.ofSeconds(1);

    /** What carries the bytes. */
    private enum Path {
        LOOPBACK,
        BRIDGE,
        NAT;

        Network network() {
            return switch (this) {
                case LOOPBACK -> Network.LOOPBACK;
                case BRIDGE -> Network.Namespaces.PLAIN;
                case NAT -> new Network.Namespaces(Map.of(), Optional.of(new Nat(Map.of(), Optional.empty())));
            };
        }
    }

    @Override
    public String name() {
        return "disconnect-storm";
    }

    @Override
    public String says() {
        return "most connections end at once: how long each hop stalls, and what those notice that are left";
    }

    @Override
    public String report() {
        return "C, A4";
    }

    @Override
    public String fix() {
        return "a bounded clean-up slice at the gateway";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                storm("agents", "three of four agents die; loopback"),
                storm("agents-bridge", "the same, each hop in a network namespace, a bridge between them"),
                storm("agents-nat", "the same, and a translating router in front of the agents"),
                storm("server", "one of two gateways dies; loopback"),
                storm("server-nat", "the same over bridge and router"),
                storm("slice-large", "no proxies, one loop, and the clean-up slice as large as may be"),
                storm("slice-small", "the same, and the slice as small as may be"));
    }

    private static Variant storm(String name, String says) {
        return new Variant(name, says, Expected.PROMISES_HELD);
    }

    /** The two ends of what is legal, side by side. */
    @Override
    public List<Variant> pair() {
        return variants().stream()
                .filter(variant -> variant.name().startsWith("slice"))
                .toList();
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        boolean slices = variant.name().startsWith("slice");
        boolean server = variant.name().startsWith("server");
        int connections = wish.connections().orElse(slices ? CONNECTIONS_OF_SLICES : CONNECTIONS);
        int agents = server ? AGENTS_OF_SERVER : AGENTS;
        int gateways = server ? Math.max(2, wish.gateways()) : wish.gateways();
        Map<String, String> settings = new TreeMap<>();
        if (slices) {
            settings.put("gateway.loops", "1");
            settings.put("gateway.cleanup_slice", variant.name().endsWith("large") ? "65536" : "16");
        }
        Chain asked = Chain.of(wish, connections + VISITORS, "tuned", settings).withGateways(gateways);
        Chain chain = (slices ? asked.withoutProxies() : asked)
                .in(Surroundings.NONE.on(path(variant).network()).with(new Crew.Loops(agents, 0)));
        return new Plan(
                chain,
                connections,
                Math.max(1, connections / MEMBERS_OF_A_ROOM),
                false,
                true,
                steps(server ? new Step.Loss.OfProcess("gateway-" + gateways) : ofAgents(connections)),
                variant.expected(),
                Optional.empty());
    }

    private static Path path(Variant variant) {
        String name = variant.name();
        return name.endsWith("-nat") ? Path.NAT : name.endsWith("-bridge") ? Path.BRIDGE : Path.LOOPBACK;
    }

    private static Step.Loss ofAgents(int connections) {
        int survivors = 0;
        for (int agent = 0; agent < SPARED; agent++) {
            survivors += TrafficPlan.share(connections, AGENTS, agent);
        }
        return new Step.Loss.OfAgents(SPARED, survivors);
    }

    private static List<Step> steps(Step.Loss loss) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Ramp("ramp", 0));
        steps.add(new Step.Traffic(Phase.WARM_UP, MIX, WARM_UP, PAYLOAD_BYTES));
        steps.add(new Step.Traffic("calm", MIX, CALM, PAYLOAD_BYTES));
        steps.add(new Step.Storm("storm", MIX, STORM, PAYLOAD_BYTES, AFTER, loss));
        steps.add(new Step.Hold("after", Duration.ofSeconds(1)));
        return steps;
    }
}
