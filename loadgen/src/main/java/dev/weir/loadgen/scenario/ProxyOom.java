package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The edge has a memory limit and huge buffers; readers stop, a broadcast fills a buffer for each of them, and the kernel kills the worker that holds
 * every connection.
 *
 * <p><b>Source:</b> field report B, step 5: nginx was killed with 64 and with 128 GB; what was published as the fix is the variant {@code folklore}.
 */
public record ProxyOom() implements Scenario {
    private static final int CONNECTIONS = 500;
    private static final int ROOMS = 5;
    private static final double STALLED_SHARE = 0.6;
    private static final int MESSAGES = 80;
    private static final int PAYLOAD_BYTES = 32 * 1024;
    private static final double MESSAGES_PER_SECOND = 20;
    /** A minute until the kill, after some 15 messages: who watches memory is told at three quarters of it, well before. */
    private static final double MESSAGES_PER_SECOND_IN_EARNEST = 0.25;

    private static final int MESSAGES_IN_EARNEST = 22;
    /** Ten of the 60 buffers of 2 MB fit. */
    private static final long EDGE_BYTES = 48L << 20;

    private static final String HUGE = "2m";
    private static final String KERNEL = "kernel";
    /** Most of the 2.6 MB that each stalled reader is sent; bounded queues hold a fifth. */
    private static final long PARKED_BYTES = 1_500_000;

    /** Who does not read and has bytes waiting does not see its end: those in the flooded room are left out. */
    private static final double WAVE_SHARE = 0.8;

    private static final long WAVE_MILLIS = 1_000;

    @Override
    public String name() {
        return "proxy-oom";
    }

    @Override
    public String says() {
        return "slow readers fill the edge's buffers until the kernel kills its worker, and every connection with it";
    }

    @Override
    public String report() {
        return "B5";
    }

    @Override
    public String fix() {
        return "proxy_buffer_size 4k, the only buffer that a WebSocket has at nginx";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "proxy_buffer_size " + HUGE + " in a memory limit of 48 MB", Expected.REPRODUCED),
                new Variant("fixed", "proxy_buffer_size 4k", Expected.NOT_REPRODUCED),
                new Variant(
                        "folklore",
                        "proxy_buffering off and the smallest proxy_buffers, proxy_buffer_size stays",
                        Expected.REPRODUCED),
                new Variant(
                        KERNEL,
                        "small buffers, no limit: the kernel queues what the edge does not",
                        Expected.REPRODUCED),
                new Variant(KERNEL + "-fixed", "small buffers and small socket buffers", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        if (variant.name().startsWith(KERNEL)) {
            return kernelPlan(variant, wish, connections);
        }
        boolean killed = variant.expected() == Expected.REPRODUCED;
        Map<String, String> settings = new TreeMap<>(Map.of(
                // One worker, so that one kill is the end of all.
                "edge.worker_processes", "1",
                "edge.proxy_buffer_size", killed ? HUGE : "4k",
                // Neither the gateway nor a timer decides the run before memory does.
                "gateway.slow_consumer_bytes", "64m",
                "gateway.ping_interval", "10m",
                "edge.send_timeout", "60s"));
        if (variant.name().equals("folklore")) {
            settings.put("edge.proxy_buffering", "off");
            settings.put("edge.proxy_buffers", "3 1m");
        }
        Chain chain = Chain.of(wish, connections, "tuned", settings)
                .in(Surroundings.NONE.confine("edge", Confinement.NONE.withMemory(EDGE_BYTES)));
        return new Plan(
                killed ? chain.straining(Resource.MEMORY_LIMIT, "edge") : chain,
                connections,
                rooms(connections),
                false,
                true,
                steps(wish.realTime()),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.MEMORY_LIMIT,
                        "edge",
                        new Symptom.KilledForMemory("edge", WAVE_SHARE, WAVE_MILLIS),
                        List.of("process", "cgroup"),
                        List.of())));
    }

    /** Without a limit: on version 1 of control groups what sockets queue is not charged to one, on version 2 it is. */
    private static Plan kernelPlan(Variant variant, Wish wish, int connections) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "edge.worker_processes", "1",
                "edge.proxy_buffer_size", "4k",
                "gateway.slow_consumer_bytes", "64m",
                "gateway.ping_interval", "10m",
                "edge.send_timeout", "60s",
                "ingress.send_timeout", "60s"));
        boolean fixed = variant.expected() == Expected.NOT_REPRODUCED;
        if (fixed) {
            settings.put("edge.sndbuf", "16k");
            settings.put("ingress.sndbuf", "16k");
        }
        Chain chain = Chain.of(wish, connections, "zero-window", settings);
        return new Plan(
                fixed ? ZeroWindow.bounded(chain) : chain,
                connections,
                rooms(connections),
                false,
                true,
                steps(false),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.SLOW_READERS,
                        "agents",
                        new Symptom.Parked(
                                PARKED_BYTES, Math.round((double) connections / rooms(connections) * STALLED_SHARE)),
                        List.of("ss", "sockstat"),
                        List.of())));
    }

    private static int rooms(int connections) {
        return Math.max(2, Math.min(ROOMS, connections / 2));
    }

    private static List<Step> steps(boolean inEarnest) {
        return List.of(
                new Step.Ramp("ramp", 0),
                new Step.Broadcast(
                        Phase.WARM_UP, "room-1", 10, PAYLOAD_BYTES, MESSAGES_PER_SECOND, Duration.ofSeconds(2)),
                new Step.Readers("stall", STALLED_SHARE, 0, 0),
                new Step.Broadcast(
                        "broadcast",
                        "room-0",
                        inEarnest ? MESSAGES_IN_EARNEST : MESSAGES,
                        PAYLOAD_BYTES,
                        inEarnest ? MESSAGES_PER_SECOND_IN_EARNEST : MESSAGES_PER_SECOND,
                        Duration.ofSeconds(2)),
                new Step.Hold("after", Duration.ofSeconds(2)));
    }
}
