package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The effective limit on open files is lower than the configured one, at the edge or at the gateway.
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
        return "a higher effective limit, or more processes: four times the workers here";
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
        boolean admission = variant.name().equals("admission");
        boolean broken = variant.expected() == Expected.REPRODUCED;
        Chain chain = admission
                ? atGateway(wish, connections)
                : atEdge(wish, connections, broken ? WORKERS : 4 * WORKERS, broken);
        Claim claim = admission
                ? new Claim(
                        Resource.ADMISSION_LIMIT,
                        "gateway",
                        new Symptom.ConnectsFail(FAILED_SHARE, List.of("503")),
                        List.of("gateway"),
                        List.of())
                : new Claim(
                        Resource.FILE_DESCRIPTORS,
                        "edge",
                        new Symptom.ConnectsFail(FAILED_SHARE, List.of("500", "no-101", "timeout")),
                        List.of("error-log", "process"),
                        List.of());
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
}
