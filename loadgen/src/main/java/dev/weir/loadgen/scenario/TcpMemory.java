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
 * Readers stop, a broadcast fills the kernel's queues for them, and all of them together take more than {@code tcp_mem} allows: the kernel resets
 * what is closed with bytes unsent.
 *
 * <p>The ceiling is lowered for a moment, behind the filled queues: lowered before, the kernel keeps them small and nothing is reset.
 *
 * <p><b>Source:</b> field reports A and D: {@code Out of socket memory}, and a setting that counts pages, not bytes.
 */
public record TcpMemory() implements Scenario {
    private static final int CONNECTIONS = 500;
    private static final int ROOM_MEMBERS = 70;
    private static final double STALLED_SHARE = 0.85;
    private static final int PAYLOAD_BYTES = 32 * 1024;
    private static final int MESSAGES = 160;
    private static final double MESSAGES_PER_SECOND = 40;
    /** Low, pressure and maximum in pages: 131 MB, less than half of what the queues of 60 stalled readers take. */
    private static final String LOWERED = "16000 24000 32000";
    /** Long enough for the ceiling to be lowered before the first socket is closed. */
    private static final String SEND_TIMEOUT = "4s";

    private static final Duration ENDED_WITHIN = Duration.ofSeconds(5);
    /** Each reset gives memory back: with a third of the sockets left the rest is below the ceiling. */
    private static final double RESET_SHARE = 0.3;

    @Override
    public String name() {
        return "tcp-memory";
    }

    @Override
    public String says() {
        return "queues of slow readers take all the memory that the kernel has for TCP, and it resets sockets";
    }

    @Override
    public String report() {
        return "A4";
    }

    @Override
    public String fix() {
        return "small socket buffers at the proxies; then a larger tcp_mem, in pages";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "megabytes queued for each slow reader, tcp_mem at 131 MB", Expected.REPRODUCED),
                new Variant("fixed", "the same tcp_mem, the queues are bounded", Expected.NOT_REPRODUCED),
                new Variant("raised", "the same queues, tcp_mem as this host has it", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        int rooms = Math.max(2, connections / ROOM_MEMBERS);
        long stalled = Math.round((double) connections / rooms * STALLED_SHARE);
        long reset = Math.max(1, Math.round(RESET_SHARE * stalled));
        boolean bounded = variant.name().equals("fixed");
        Map<String, String> settings = new TreeMap<>(Map.of(
                "gateway.ping_interval", "10m",
                // What the kernel does not queue waits at the gateway, once for all of them.
                "gateway.slow_consumer_bytes", "64m",
                "edge.send_timeout", SEND_TIMEOUT));
        if (bounded) {
            settings.putAll(
                    Map.of("edge.sndbuf", "16k", "ingress.sndbuf", "16k", "edge.reset_timedout_connection", "on"));
        }
        List<Step> steps = new ArrayList<>(List.of(
                new Step.Ramp("ramp", 0),
                new Step.Broadcast(
                        Phase.WARM_UP, "room-1", 10, PAYLOAD_BYTES, MESSAGES_PER_SECOND, Duration.ofSeconds(2)),
                new Step.Readers("stall", STALLED_SHARE, 0, 0),
                new Step.Broadcast(
                        "fill", "room-0", MESSAGES, PAYLOAD_BYTES, MESSAGES_PER_SECOND, Duration.ofSeconds(2))));
        if (!variant.name().equals("raised")) {
            steps.add(new Step.ChangeHost("lower tcp_mem", Map.of("net.ipv4.tcp_mem", LOWERED)));
        }
        steps.add(new Step.HoldUntilEnded("closed", Math.max(1, stalled / 2), ENDED_WITHIN));
        if (!variant.name().equals("raised")) {
            steps.add(new Step.PutHostBack("put tcp_mem back"));
        }
        steps.add(new Step.Hold("after", Duration.ofSeconds(1)));
        return new Plan(
                Chain.of(wish, connections, "zero-window", settings),
                connections,
                rooms,
                false,
                true,
                steps,
                variant.expected(),
                Optional.of(new Claim(
                        Resource.TCP_MEMORY,
                        "host",
                        new Symptom.ResetByKernel(reset, reset),
                        List.of("netstat", "sockstat", "kernel-log"),
                        List.of())));
    }
}
