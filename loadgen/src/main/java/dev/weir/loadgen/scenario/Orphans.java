package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A gateway's heap cannot hold what slow readers have not taken; it ends, and its sockets, each with bytes unsent, belong to nobody any more. They are more
 * than the kernel keeps, so it resets them.
 *
 * <p><b>Source:</b> field report A: {@code TCP: too many of orphaned sockets} at 2.8 million; {@code tcp_max_orphans} was raised, and did not help, for a server
 * process had died of its heap.
 */
public record Orphans() implements Scenario {
    private static final int CONNECTIONS = 1_000;
    private static final int ROOM_MEMBERS = 250;
    private static final double STALLED_SHARE = 0.95;
    /** Two of them are longer than what the gateway puts into one frame, so each waits, and costs the heap, for itself. */
    private static final int PAYLOAD_BYTES = 4_100;

    /** As many fill the kernel's buffers of all hops; until these are full, each message passes every hop for every reader in the room. */
    private static final int TO_BUFFERS = 200;

    private static final double TO_BUFFERS_PER_SECOND = 50;
    /**
     * Slow enough for two processors: at 300 a second, each taken by four gateways, readers that read had theirs up to 1.7 s late. Fast enough for the gateway to
     * die within ten seconds, for the longer a window is closed, the farther apart are its probes.
     */
    private static final double MESSAGES_PER_SECOND = 150;
    /** Twice what one process can hold for all of them, and half of what four can. */
    private static final int MESSAGES = 2_200;

    private static final long HEAP_BYTES = 48L << 20;
    private static final int GATEWAYS = 4;
    /** Proxies do not spread connections evenly to the last one. */
    private static final double BUDGET = 1.25;
    /** Each reader in the room that does not read leaves an orphan; a sixth of them is allowed. */
    private static final int ALLOWED_PART = 6;

    private static final double RESET_SHARE = 0.2;
    /**
     * A socket whose reader's window is closed learns that it is one too many at its next probe, and each probe is twice as far away as the one before. The
     * gateway dies up to 16 s after the windows have closed, and what was probed last before that is probed again within 20.
     */
    private static final Duration AFTER = Duration.ofSeconds(20);

    private static final String MAX = "net.ipv4.tcp_max_orphans";

    @Override
    public String name() {
        return "orphans";
    }

    @Override
    public String says() {
        return "a gateway dies of its heap with bytes unsent: more sockets without an owner than the kernel keeps, and it resets them";
    }

    @Override
    public String report() {
        return "A5";
    }

    @Override
    public String fix() {
        return "smaller processes with a budget of connections that their heaps carry; then a larger tcp_max_orphans";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant(
                        "broken",
                        "one gateway with a heap of 48 MB, a sixth of its orphans allowed",
                        Expected.REPRODUCED),
                new Variant(
                        "fixed",
                        "four gateways with such a heap and a budget each, as few orphans allowed",
                        Expected.NOT_REPRODUCED),
                new Variant(
                        "raised",
                        "the one gateway, tcp_max_orphans as this host has it: it dies all the same",
                        Expected.REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        int rooms = Math.max(2, connections / ROOM_MEMBERS);
        int stalled = Math.max(1, (int) Math.round((double) connections / rooms * STALLED_SHARE));
        boolean raised = variant.name().equals("raised");
        int gateways = variant.name().equals("fixed") ? Math.max(GATEWAYS, wish.gateways()) : wish.gateways();
        List<Step> steps = new ArrayList<>(List.of(
                new Step.Ramp("ramp", 0),
                new Step.Broadcast(
                        Phase.WARM_UP, "room-1", 10, PAYLOAD_BYTES, MESSAGES_PER_SECOND, Duration.ofSeconds(5)),
                new Step.Readers("stall", STALLED_SHARE, 0, 0),
                new Step.Broadcast(
                        "buffers", "room-0", TO_BUFFERS, PAYLOAD_BYTES, TO_BUFFERS_PER_SECOND, Duration.ofSeconds(1))));
        if (!raised) {
            steps.add(new Step.ChangeHost(
                    "lower tcp_max_orphans", Map.of(MAX, Integer.toString(Math.max(1, stalled / ALLOWED_PART)))));
        }
        steps.add(new Step.Exhaust("fill", "room-0", MESSAGES, PAYLOAD_BYTES, MESSAGES_PER_SECOND, "gateway", AFTER));
        if (!raised) {
            steps.add(new Step.PutHostBack("put tcp_max_orphans back"));
        }
        return new Plan(
                Chain.of(wish, connections, "tuned", settings(connections, gateways))
                        .withGateways(gateways)
                        .in(Surroundings.NONE.confine("gateway", Confinement.NONE.withHeap(HEAP_BYTES))),
                connections,
                rooms,
                false,
                true,
                steps,
                variant.expected(),
                Optional.of(raised ? ofTheRoot(stalled) : ofTheLimit(stalled)));
    }

    private static Map<String, String> settings(int connections, int gateways) {
        Map<String, String> waiting = Map.of(
                // A stalled reader answers no ping; without this the missing pong would decide the run.
                "gateway.ping_interval", "10m",
                // What readers do not take waits at the gateway, which has no end of patience.
                "gateway.slow_consumer_bytes", "64m",
                "edge.send_timeout", "60s",
                "ingress.send_timeout", "60s");
        if (gateways == 1) {
            return waiting;
        }
        Map<String, String> budgeted = new TreeMap<>(waiting);
        budgeted.put("gateway.max_connections", Integer.toString((int) Math.ceil(BUDGET * connections / gateways)));
        return budgeted;
    }

    private static Claim ofTheLimit(int stalled) {
        long reset = Math.max(1, Math.round(RESET_SHARE * stalled));
        return new Claim(
                Resource.ORPHANS,
                "host",
                new Symptom.ResetByKernel(reset, reset),
                List.of("netstat", "sockstat", "kernel-log"),
                List.of());
    }

    private static Claim ofTheRoot(int stalled) {
        return new Claim(
                Resource.PROCESS_HEAP,
                "gateway",
                new Symptom.EndsWithoutResets("gateway", Math.max(1, Math.round(RESET_SHARE * stalled))),
                List.of("netstat", "process"),
                List.of());
    }
}
