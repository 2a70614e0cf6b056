package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The effective limit on open files is lower than the configured one, at the edge, at the gateway or at the agents.
 *
 * <p><b>Source:</b> field report A: raised, and it failed again, since a value above {@code fs.nr_open} is not applied and nothing says so.
 */
public record OpenFiles() implements Scenario {
    private static final int CONNECTIONS = 800;
    private static final int WORKERS = 2;
    /** Two descriptors a WebSocket: so many of a worker's connections get in at this share of what they need. */
    private static final double FILES_SHARE = 0.4;

    private static final int FILES_MIN = 64;
    /** What the gateway keeps for itself, and some. */
    private static final int GATEWAY_FILES = 300;

    /** What an agent has open beside its connections: libraries, logs, event loops. */
    private static final int AGENT_FILES = 100;

    private static final int AGENTS = 4;
    private static final String AT_AGENTS = "agents";

    private static final double RAMP_SECONDS = 3;
    private static final double FAILED_SHARE = 0.3;

    @Override
    public String name() {
        return "open-files";
    }

    @Override
    public String says() {
        return "a process may open fewer files than its configuration asks for, and nobody is told";
    }

    @Override
    public String report() {
        return "A2";
    }

    @Override
    public String fix() {
        return "a higher effective limit, or more processes: four times the workers here, or the agents";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant(
                        "broken", "the edge's workers get fewer descriptors than they ask for", Expected.REPRODUCED),
                new Variant("fixed", "the same limit, four times the workers", Expected.NOT_REPRODUCED),
                new Variant(
                        "admission",
                        "the gateway has the low limit, reads it and refuses in time",
                        Expected.REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        boolean broken = variant.expected() == Expected.REPRODUCED;
        Chain chain;
        Claim claim;
        if (variant.name().equals("admission")) {
            chain = atGateway(wish, connections);
            claim = claim(Resource.ADMISSION_LIMIT, "gateway", List.of("503"), "gateway");
        } else if (wish.at().filter(AT_AGENTS::equals).isPresent()) {
            chain = atAgents(wish, connections, broken);
            claim = claim(Resource.FILE_DESCRIPTORS, AT_AGENTS, List.of("EMFILE"), "process");
        } else {
            chain = atEdge(wish, connections, broken ? WORKERS : 4 * WORKERS, broken);
            claim = claim(
                    Resource.FILE_DESCRIPTORS, "edge", List.of("500", "no-101", "timeout"), "error-log", "process");
        }
        return new Plan(
                chain,
                connections,
                1,
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", connections / RAMP_SECONDS),
                        // Those that got in lack nothing.
                        new Step.Broadcast("broadcast", EVERYONE, 5, 128, 2, Duration.ofSeconds(10))),
                variant.expected(),
                Optional.of(claim));
    }

    private static Claim claim(Resource resource, String hop, List<String> ways, String... probes) {
        return new Claim(resource, hop, new Symptom.ConnectsFail(FAILED_SHARE, ways), List.of(probes), List.of());
    }

    private static Chain atEdge(Wish wish, int connections, int workers, boolean broken) {
        int share = Math.ceilDiv(connections, Math.max(1, wish.edges()));
        long files = Math.max(FILES_MIN, Math.round(2 * FILES_SHARE * share / WORKERS));
        Chain chain = Chain.of(wish, connections, "tuned", Map.of("edge.worker_processes", Integer.toString(workers)))
                .in(Surroundings.NONE.confine("edge", Confinement.NONE.withOpenFiles(files)));
        return broken ? chain.straining(Resource.FILE_DESCRIPTORS, "edge") : chain;
    }

    private static Chain atGateway(Wish wish, int connections) {
        long files = Math.round(FILES_SHARE * connections / Math.max(1, wish.gateways())) + GATEWAY_FILES;
        return Chain.of(wish, connections, "tuned", Map.of())
                .in(Surroundings.NONE.confine("gateway", Confinement.NONE.withOpenFiles(files)))
                .straining(Resource.ADMISSION_LIMIT, "gateway");
    }

    /** One agent with the low limit, or four that each have it. */
    private static Chain atAgents(Wish wish, int connections, boolean broken) {
        long files = Math.round(FILES_SHARE * connections) + AGENT_FILES;
        Chain chain = Chain.of(wish, connections, "tuned", Map.of())
                .in(Surroundings.NONE
                        .with(new Crew.Loops(broken ? 1 : AGENTS, 0))
                        .confine(AT_AGENTS, Confinement.NONE.withOpenFiles(files)));
        return broken ? chain.straining(Resource.FILE_DESCRIPTORS, AT_AGENTS) : chain;
    }
}
