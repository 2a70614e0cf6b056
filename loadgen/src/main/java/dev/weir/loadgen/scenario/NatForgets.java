package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A translating router between the agents and the edge forgets flows that were idle for too long: what the gateway sends next vanishes, and
 * nobody is told.
 *
 * <p><b>Source:</b> field report C: clients behind NAT waited for messages that had been sent.
 */
public record NatForgets() implements Scenario {
    private static final int CONNECTIONS = 300;
    private static final double RAMP_SECONDS = 2;
    private static final String TIMEOUT = "net.netfilter.nf_conntrack_tcp_timeout_established";
    /** Routers forget after minutes; what runs by default is scaled. */
    private static final int FORGETS_SECONDS = 2;

    private static final int PUBLISHED_SECONDS = 300;
    private static final int REMEMBERS_SECONDS = 7_200;
    private static final double LOST_SHARE = 0.9;

    @Override
    public String name() {
        return "nat-forgets";
    }

    @Override
    public String says() {
        return "a translating router forgets idle flows: the next message vanishes without an error, the client waits";
    }

    @Override
    public String report() {
        return "C";
    }

    @Override
    public String fix() {
        return "a heartbeat more frequent than the router's time-out";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "a router between agents and edge forgets, no heartbeat", Expected.REPRODUCED),
                new Variant("fixed", "the same router, pings at half its time-out", Expected.NOT_REPRODUCED),
                new Variant(
                        "longer-timeout", "no heartbeat, a router that remembers for hours", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        int forgetsSeconds = wish.realTime() ? PUBLISHED_SECONDS : FORGETS_SECONDS;
        int router = variant.name().equals("longer-timeout") ? REMEMBERS_SECONDS : forgetsSeconds;
        String ping = variant.name().equals("fixed") ? forgetsSeconds * 1_000 / 2 + "ms" : "0";
        Nat nat = new Nat(Map.of(TIMEOUT, Integer.toString(router)), Optional.empty());
        Chain chain = Chain.of(wish, connections, "tuned", Map.of("gateway.ping_interval", ping))
                .in(Surroundings.NONE.on(new Network.Namespaces(Map.of(), Optional.of(nat))));
        return new Plan(
                chain,
                connections,
                1,
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", connections / RAMP_SECONDS),
                        new Step.Hold("idle", Duration.ofSeconds(2L * forgetsSeconds + 1)),
                        new Step.Broadcast("broadcast", EVERYONE, 2, 128, 2, Duration.ofSeconds(6))),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.NETWORK_PATH,
                        "host",
                        new Symptom.MessagesVanish(LOST_SHARE),
                        List.of("ss"),
                        List.of())));
    }
}
