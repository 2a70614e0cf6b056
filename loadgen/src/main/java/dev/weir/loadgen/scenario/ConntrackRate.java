package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tracking with translation slows new connections down long before the table is full: the fuller the range of ports that is translated to, the longer
 * the search for a free one, and where it gives up the SYN is dropped.
 *
 * <p><b>Source:</b> field report E: 150 connects a second beside 200,000, 20 beside 400,000, drops in {@code get_unique_tuple}; with {@code NOTRACK} none.
 */
public record ConntrackRate() implements Scenario {
    private static final String ROOMY = "roomy";
    private static final String TRACKED = "tracked";
    private static final int CONNECTIONS = 3_000;
    /** What each stage opens, of all connections; the rates are those beside what is held then. */
    private static final List<Double> STAGES = List.of(0.5, 0.3, 0.1, 0.05, 0.05);

    private static final ScarcePorts PORTS = new ScarcePorts(20_000, 65_000);
    private static final int TIMES_ROOMY = 10;
    private static final long COUNT_MIN = 10;

    @Override
    public String name() {
        return "conntrack-rate";
    }

    @Override
    public String says() {
        return "translation with a nearly full range of ports: connecting slows down as more are held";
    }

    @Override
    public String report() {
        return "E2";
    }

    @Override
    public String fix() {
        return "NOTRACK for these flows, or more ports and addresses to translate to";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant(
                        "broken",
                        "tracked and translated to as many ports as there are connections",
                        Expected.REPRODUCED),
                new Variant(
                        "fixed", "the same rule, these flows kept out of tracking (NOTRACK)", Expected.NOT_REPRODUCED),
                new Variant(ROOMY, "tracked and translated to ten times the ports", Expected.NOT_REPRODUCED),
                new Variant(TRACKED, "tracked, not translated", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        // An edge's address may have the same port once towards each process behind it.
        int tuplesPerPort = Math.max(1, wish.edges()) * wish.processesAfterEdge();
        int ports = Math.ceilDiv(variant.name().equals(ROOMY) ? TIMES_ROOMY * connections : connections, tuplesPerPort);
        HopNetwork edge = HopNetwork.PLAIN.withTracking(
                variant.name().equals("fixed") ? HopNetwork.Tracking.NOTRACK : HopNetwork.Tracking.TRACKED);
        if (!variant.name().equals(TRACKED)) {
            edge = edge.withMasquerade(PORTS.of(ports, connections));
        }
        HopNetwork next = HopNetwork.PLAIN.withListening(1);
        Chain chain = Chain.of(wish, connections, "tuned", Map.of())
                .in(Surroundings.NONE.on(
                        new Network.Namespaces(Map.of("edge", edge, wish.afterEdge(), next), Optional.empty())));
        List<Step> steps = stages(connections);
        List<String> names = steps.stream().map(Step::name).toList();
        // Those that got in lack nothing.
        steps.add(new Step.Broadcast("broadcast", EVERYONE, 3, 128, 2, Duration.ofSeconds(10)));
        return new Plan(
                variant.expected() == Expected.REPRODUCED
                        ? chain.straining(Resource.CONNECTION_TRACKING, "edge")
                        : chain,
                connections,
                1,
                true,
                true,
                steps,
                variant.expected(),
                Optional.of(new Claim(
                        Resource.CONNECTION_TRACKING,
                        "edge",
                        new Symptom.SynsSentAgain("edge", COUNT_MIN, names),
                        List.of("conntrack", "netstat"),
                        // It rests on the kernel's counts, which stand on a busy machine too.
                        List.of())));
    }

    private static List<Step> stages(int connections) {
        List<Step> steps = new ArrayList<>();
        int held = 0;
        for (int i = 0; i < STAGES.size(); i++) {
            int more = i == STAGES.size() - 1 ? connections - held : (int) Math.round(STAGES.get(i) * connections);
            if (more > 0) {
                steps.add(new Step.Ramp("beside " + held, 0, more));
                held += more;
            }
        }
        return steps;
    }
}
