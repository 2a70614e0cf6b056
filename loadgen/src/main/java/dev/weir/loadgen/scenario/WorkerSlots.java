package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The edge's {@code worker_connections} were sized at one slot a WebSocket, and a proxied one takes two: half of them get in.
 *
 * <p><b>Source:</b> field report B, step 4: beside the ports, {@code worker_connections} had to grow with the connections.
 */
public record WorkerSlots() implements Scenario {
    private static final int CONNECTIONS = 2_000;
    private static final int WORKERS = 2;
    private static final double RAMP_SECONDS = 2;
    private static final int BROADCASTS = 5;
    private static final int PAYLOAD_BYTES = 128;
    /** Half of all fail; a part of that is enough, since workers do not share evenly. */
    private static final double FAILED_SHARE = 0.3;

    @Override
    public String name() {
        return "worker-slots";
    }

    @Override
    public String says() {
        return "the edge has one slot a WebSocket where each takes two: half of the clients are turned away";
    }

    @Override
    public String report() {
        return "B4";
    }

    @Override
    public String fix() {
        return "worker_connections from the model: two a WebSocket, a quarter to spare, over all workers";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "worker_connections for one slot a WebSocket", Expected.REPRODUCED),
                new Variant("fixed", "worker_connections left to the model", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        Map<String, String> oneSlot = Map.of(
                "edge.worker_processes", Integer.toString(WORKERS),
                "edge.worker_connections",
                        Integer.toString(Math.max(16, connections / Math.max(1, wish.edges()) / WORKERS)));
        Chain chain = variant.expected() == Expected.REPRODUCED
                ? Chain.of(wish, connections, "tuned", oneSlot).straining(Resource.WORKER_SLOTS, "edge")
                : Chain.of(wish, connections, "tuned", Map.of());
        return new Plan(
                chain,
                connections,
                1,
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", connections / RAMP_SECONDS),
                        // Those that got in lack nothing.
                        new Step.Broadcast(
                                "broadcast", EVERYONE, BROADCASTS, PAYLOAD_BYTES, 2, Duration.ofSeconds(10))),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.WORKER_SLOTS,
                        "edge",
                        new Symptom.ConnectsFail(FAILED_SHARE, List.of("500", "no-101")),
                        List.of("error-log"),
                        List.of())));
    }
}
