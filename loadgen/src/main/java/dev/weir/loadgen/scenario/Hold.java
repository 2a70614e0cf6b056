package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections are held through the chain, with heartbeats, and every broadcast reaches every one of them. */
public record Hold() implements Scenario {
    private static final int CONNECTIONS = 5_000;
    private static final int ROOMS = 10;
    private static final int BROADCASTS = 10;
    private static final int PAYLOAD_BYTES = 128;
    /** From here on it is held for five minutes. */
    private static final int MILLION = 1_000_000;
    /** Slower than this a broadcast is taken as stuck. */
    private static final int DELIVERIES_PER_SECOND_MIN = 20_000;

    /** As many come first, so that a broadcast to all can be held against one to these in the same processes. */
    private static final int FIRST = 15_000;

    private static final int WARM_UP_MESSAGES = 30;
    private static final double WARM_UP_RATE = 5;
    private static final int TO_FIRST = 15;
    private static final Duration TO_FIRST_MAX = Duration.ofSeconds(20);

    private static final int MEMBERS_OF_A_ROOM = 500;
    private static final int CHURN_PER_SECOND = 20;
    private static final double GONE_SHARE = 0.1;
    private static final double PROBES_PER_SECOND = 10;

    private static final int PING_SECONDS = 25;
    /** While a broadcast has all processors of a machine that both ends share, a pong waits for its turn at the agents too. */
    private static final int PONG_SECONDS = 24;
    /**
     * Pings of all connections a second. A ping with its pong takes about 50 µs of processor for both ends where their memory is in no cache
     * any more, so a million at {@value #PING_SECONDS} s would take both processors of a small machine.
     */
    private static final int PINGS_PER_SECOND_MAX = 10_000;

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
        return new Plan(
                Chain.of(wish, connections, "tuned", patience(connections, wish)),
                connections,
                Math.max(ROOMS, connections / MEMBERS_OF_A_ROOM),
                true,
                true,
                connections < Plan.LARGE ? steps(wish) : largeSteps(connections, wish),
                variant.expected(),
                Optional.empty());
    }

    /** What a gateway must wait for where who is late is slow and not lost. */
    private static Map<String, String> patience(int connections, Wish wish) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (connections >= Plan.LARGE) {
            settings.put("gateway.connect_timeout", Plan.CONNECT_TIMEOUT_LARGE.toSeconds() + "s");
        }
        int pingSeconds = pingSeconds(connections, wish);
        if (pingSeconds > PING_SECONDS) {
            settings.put("gateway.ping_interval", pingSeconds + "s");
            settings.put("gateway.pong_timeout", PONG_SECONDS + "s");
        }
        return settings;
    }

    /** Each proxy on the way carries a ping and its pong once more. */
    private static int pingSeconds(int connections, Wish wish) {
        int ways = 1 + Math.min(1, wish.edges()) + Math.min(1, wish.ingresses());
        return Math.ceilDiv(connections, PINGS_PER_SECOND_MAX / ways);
    }

    private static List<Step> steps(Wish wish) {
        Duration hold = wish.realTime() ? Duration.ofMinutes(5) : Duration.ofSeconds(3);
        return List.of(
                new Step.Ramp("ramp", 0),
                new Step.Broadcast("broadcast", EVERYONE, BROADCASTS, PAYLOAD_BYTES, 0, Duration.ofSeconds(20)),
                new Step.Hold("hold", wish.hold().orElse(hold)));
    }

    /** A broadcast takes seconds here: some come and go meanwhile, and a tenth is gone at once. */
    private static List<Step> largeSteps(int connections, Wish wish) {
        Duration each = Duration.ofSeconds(30 + connections / DELIVERIES_PER_SECOND_MIN);
        Duration hold = wish.realTime() || connections >= MILLION ? Duration.ofMinutes(5) : Duration.ofSeconds(30);
        return List.of(
                new Step.Ramp("first", 0, FIRST),
                new Step.Broadcast(
                        Phase.WARM_UP, EVERYONE, WARM_UP_MESSAGES, PAYLOAD_BYTES, WARM_UP_RATE, TO_FIRST_MAX),
                new Step.Broadcast("to-first", EVERYONE, TO_FIRST, PAYLOAD_BYTES, 0, TO_FIRST_MAX),
                new Step.Ramp("ramp", 0, connections - FIRST),
                new Step.Broadcast("broadcast", EVERYONE, 1, PAYLOAD_BYTES, 0, each, CHURN_PER_SECOND),
                new Step.Broadcast("ten-more", EVERYONE, BROADCASTS, PAYLOAD_BYTES, 0, each, CHURN_PER_SECOND),
                new Step.Leave(
                        "tenth-gone",
                        GONE_SHARE,
                        "room-0",
                        PROBES_PER_SECOND,
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        each),
                new Step.Hold("hold", wish.hold().orElse(hold)));
    }
}
