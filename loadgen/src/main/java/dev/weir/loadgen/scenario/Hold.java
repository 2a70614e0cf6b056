package dev.weir.loadgen.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections are held through the chain, with heartbeats, and every broadcast reaches every one of them. */
public record Hold() implements Scenario {
    private static final int CONNECTIONS = 5_000;
    private static final int ROOMS = 10;
    private static final int BROADCASTS = 10;
    private static final int PAYLOAD_BYTES = 128;
    /** What two cores that carry agents, two proxies and the gateway deliver without being busy all the time. */
    private static final double DELIVERIES_PER_SECOND = 20_000;

    private static final double RATE_MIN = 0.5;
    private static final double RATE_MAX = 5;

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public String says() {
        return "connections are held through the chain and every broadcast reaches every one";
    }

    @Override
    public String report() {
        return "";
    }

    @Override
    public String fix() {
        return "";
    }

    @Override
    public List<Variant> variants() {
        return List.of(new Variant("plain", "the tuned chain, heartbeats on", Expected.PROMISES_HELD));
    }

    @Override
    public List<Variant> pair() {
        return variants();
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        Duration hold = wish.realTime() ? Duration.ofMinutes(5) : Duration.ofSeconds(3);
        return new Plan(
                Chain.of(wish, connections, "tuned", Map.of()),
                connections,
                ROOMS,
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", 0),
                        new Step.Broadcast(
                                "broadcast",
                                EVERYONE,
                                BROADCASTS,
                                PAYLOAD_BYTES,
                                Math.clamp(DELIVERIES_PER_SECOND / connections, RATE_MIN, RATE_MAX),
                                Duration.ofSeconds(20)),
                        new Step.Hold("hold", hold)),
                variant.expected(),
                Optional.empty());
    }
}
