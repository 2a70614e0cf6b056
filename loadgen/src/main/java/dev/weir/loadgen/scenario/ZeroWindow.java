package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some readers stop, a broadcast of large messages follows, and what they do not read fills the queues of every hop behind them.
 *
 * <p><b>Source:</b> field report B, step 3: zero windows from overloaded agents, passed up hop by hop; the proxies closed first.
 */
public record ZeroWindow() implements Scenario {
    private static final int CONNECTIONS = 2_000;
    /** Members of the room that is flooded: flooding all would be a benchmark of copying, and void its own claim. */
    private static final int ROOM_MEMBERS = 40;

    private static final double STALLED_SHARE = 0.3;
    private static final int MESSAGES = 160;
    private static final int PAYLOAD_BYTES = 32 * 1024;
    private static final double MESSAGES_PER_SECOND = 40;
    private static final int WARM_UP_MESSAGES = 30;
    /** More than the gateway's default bound and the tuned proxies' buffers can hold, less than default socket queues do. */
    private static final long PARKED_BYTES = 2_500_000;

    /**
     * What a proxy has not read of the hop behind it, bounded where the proxy has a network namespace of its own: no setting of nginx bounds that
     * side. With packets of 1,448 bytes, as a bridge has them, each stalled reader had 1.7 MB there, where it had 160 KB on loopback.
     */
    private static final Map<String, String> RECEIVE_BOUND = Map.of("net.ipv4.tcp_rmem", "4096 65536 131072");

    @Override
    public String name() {
        return "zero-window";
    }

    @Override
    public String says() {
        return "readers stop reading; megabytes for each of them pile up at every hop until the proxy cuts them";
    }

    @Override
    public String report() {
        return "B3";
    }

    @Override
    public String fix() {
        return "the gateway's slow-consumer bound at its default, small socket buffers at the proxies";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant(
                        "broken", "the gateway waits for slow readers, the proxies bound nothing", Expected.REPRODUCED),
                new Variant(
                        "fixed",
                        "the gateway cuts slow readers early, small send buffers at the proxies",
                        Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        int rooms = Math.max(2, connections / ROOM_MEMBERS);
        boolean broken = variant.expected() == Expected.REPRODUCED;
        String sendTimeout = wish.realTime() ? "60s" : "2s";
        Map<String, String> brokenSettings = Map.of(
                // Even workers: one that had 60 % of the connections ran out of slots, which is another scenario.
                "edge.reuseport", "on",
                "gateway.slow_consumer_bytes", "64m",
                // A stalled reader answers no ping; without this the missing pong would decide the run.
                "gateway.ping_interval", "10m",
                "edge.send_timeout", sendTimeout);
        Map<String, String> fixedSettings = Map.of(
                "edge.reuseport", "on",
                "gateway.ping_interval", "10m",
                "edge.send_timeout", sendTimeout,
                // What a proxy does not take, the gateway sees; its own bound is at its default.
                "edge.sndbuf", "16k",
                "ingress.sndbuf", "16k",
                "edge.reset_timedout_connection", "on");
        long stalled = Math.round((double) connections / rooms * STALLED_SHARE);
        Chain chain = Chain.of(wish, connections, "zero-window", broken ? brokenSettings : fixedSettings);
        return new Plan(
                broken ? chain : bounded(chain),
                connections,
                rooms,
                false,
                true,
                List.of(
                        new Step.Ramp("ramp", 0),
                        // Two fresh JVMs compile what they run; measured at once, the first messages would be late.
                        new Step.Broadcast(
                                Phase.WARM_UP,
                                "room-1",
                                WARM_UP_MESSAGES,
                                PAYLOAD_BYTES,
                                MESSAGES_PER_SECOND,
                                Duration.ofSeconds(2)),
                        new Step.Readers("stall", STALLED_SHARE, 0, 0),
                        new Step.Broadcast(
                                "broadcast",
                                "room-0",
                                MESSAGES,
                                PAYLOAD_BYTES,
                                MESSAGES_PER_SECOND,
                                Duration.ofSeconds(2)),
                        // Time for the proxy's send_timeout to pass on what is stuck.
                        new Step.Hold("after", wish.realTime() ? Duration.ofSeconds(65) : Duration.ofSeconds(2))),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.SLOW_READERS,
                        "agents",
                        new Symptom.Parked(PARKED_BYTES, stalled),
                        List.of("ss"),
                        List.of("broadcast"))));
    }

    /** The same with what its proxies may leave unread bounded, where that can be done for them alone. */
    static Chain bounded(Chain chain) {
        return chain.in(chain.surroundings().tune("edge", RECEIVE_BOUND).tune("ingress", RECEIVE_BOUND));
    }
}
