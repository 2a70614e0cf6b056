package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The edge's {@code worker_connections} are far more than its clients need: their memory is gone before the first of these comes, and a reload takes
 * it twice.
 *
 * <p><b>Source:</b> field report B, step 4b: 32 workers with a million slots each took 14 GB at start.
 */
public record WorkerPreallocation() implements Scenario {
    private static final int CONNECTIONS = 1_000;
    private static final int WORKERS = 2;
    private static final int SLOTS = 200_000;
    /** Slots take a third of it at start and two thirds across a reload: crowded, and nobody is killed. */
    private static final long EDGE_BYTES = 512L << 20;

    private static final long TAKEN_BYTES_MIN = 64_000_000;
    private static final double RAMP_SECONDS = 2;
    private static final Duration RELOADED = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "worker-preallocation";
    }

    @Override
    public String says() {
        return "the edge's slots take its memory before the first connection, and twice as much at a reload";
    }

    @Override
    public String report() {
        return "B4b";
    }

    @Override
    public String fix() {
        return "worker_connections sized to need: two a WebSocket, a quarter to spare, over all workers";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "200,000 slots in each of 2 workers, in 512 MB", Expected.REPRODUCED),
                new Variant("fixed", "worker_connections left to the model", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        boolean broken = variant.expected() == Expected.REPRODUCED;
        Map<String, String> settings = broken
                ? Map.of(
                        "edge.worker_processes",
                        Integer.toString(WORKERS),
                        "edge.worker_connections",
                        Integer.toString(SLOTS))
                : Map.of("edge.worker_processes", Integer.toString(WORKERS));
        Chain chain = Chain.of(wish, connections, "tuned", settings)
                .in(Surroundings.NONE.confine("edge", Confinement.NONE.withMemory(EDGE_BYTES)));
        return new Plan(
                broken ? chain.straining(Resource.WORKER_PREALLOCATION, "edge") : chain,
                connections,
                1,
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", connections / RAMP_SECONDS),
                        new Step.Reload("reload", "edge", RELOADED),
                        // Those of the old workers lack nothing.
                        new Step.Broadcast("broadcast", EVERYONE, 5, 128, 2, Duration.ofSeconds(10))),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.WORKER_PREALLOCATION,
                        "edge",
                        new Symptom.TakenBeforeLoad("edge", TAKEN_BYTES_MIN),
                        List.of("process"),
                        List.of())));
    }
}
