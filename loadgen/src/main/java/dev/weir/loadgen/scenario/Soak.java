package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Trend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nothing grows: connections come and go, some read slowly and some not at all, messages go to all and into rooms, again and again, and
 * what every hop holds stays where it was.
 *
 * <p><b>Source:</b> field report B's own goal: stability at the number held. What grows by a little with each connection that goes breaks a
 * chain after days, and no short run shows it.
 */
public record Soak() implements Scenario {
    private static final int CONNECTIONS = 2_000;
    private static final int ROOM_MEMBERS = 40;
    private static final double LEAVING_SHARE = 0.05;
    /** Few enough for a room each, and for one to be flooded in each cycle. */
    private static final double STALLED_SHARE = 0.005;

    private static final double THROTTLED_SHARE = 0.015;
    /** What a cycle sends to everyone, within a second. */
    private static final long THROTTLED_BYTES_PER_SECOND = 16 * 1024;

    private static final int MESSAGES = 5;
    private static final int PAYLOAD_BYTES = 1024;
    private static final double DELIVERIES_PER_SECOND = 20_000;
    private static final double RATE_MIN = 0.5;
    private static final double RATE_MAX = 5;

    /**
     * 2 MiB: more than the gateway's default bound for one reader and the tuned proxies' buffers together. No faster, lest a reader that reads be cut
     * whenever a shared machine stalls for a second: at 40 a second some were.
     */
    private static final Step.Burst FLOOD = new Step.Burst(64, 32 * 1024, 24);

    private static final Duration CYCLE = Duration.ofSeconds(4);
    private static final Duration LASTS = Duration.ofSeconds(40);
    private static final Duration LASTS_REAL = Duration.ofMinutes(30);
    /** A fifth of the time, but no less than fresh JVMs take to compile what they run, and no more than that is worth. */
    private static final int WARM_UP_PARTS = 5;

    private static final long WARM_UP_SECONDS_MIN = 10;
    private static final long WARM_UP_SECONDS_MAX = 120;
    /** A day would be 20,000 cycles; a line needs no more than this. */
    private static final int SAMPLES_MAX = 500;

    /** A reader that stalls answers no ping and is cut after this and a half. */
    private static final int PING_SECONDS = 10;

    private static final int PINGS_PER_SECOND_MAX = 10_000;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String says() {
        return "connections come and go, some do not read, and nothing grows";
    }

    @Override
    public String report() {
        return "B";
    }

    @Override
    public String fix() {
        return "";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("plain", "the tuned chain, churn, slow readers and broadcasts", Expected.PROMISES_HELD));
    }

    @Override
    public List<Variant> pair() {
        return variants();
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        Duration lasts = wish.duration().orElse(wish.realTime() ? LASTS_REAL : LASTS);
        int pingSeconds = Math.max(PING_SECONDS, Math.ceilDiv(connections, PINGS_PER_SECOND_MAX));
        return new Plan(
                Chain.of(wish, connections, "tuned", Map.of("gateway.ping_interval", pingSeconds + "s")),
                connections,
                Math.max(1, connections / ROOM_MEMBERS),
                true,
                true,
                List.of(
                        new Step.Ramp("ramp", 0),
                        new Step.Readers("slow", STALLED_SHARE, THROTTLED_SHARE, THROTTLED_BYTES_PER_SECOND),
                        soak(connections, lasts)),
                variant.expected(),
                Optional.empty());
    }

    private static Step.Soak soak(int connections, Duration lasts) {
        long samples = lasts.toMillis() / CYCLE.toMillis();
        double rate = Math.clamp(DELIVERIES_PER_SECOND / connections, RATE_MIN, RATE_MAX);
        return new Step.Soak(
                "soak",
                lasts,
                Duration.ofSeconds(
                        Math.clamp(lasts.toSeconds() / WARM_UP_PARTS, WARM_UP_SECONDS_MIN, WARM_UP_SECONDS_MAX)),
                CYCLE,
                (int) Math.max(1, Math.ceilDiv(samples, SAMPLES_MAX)),
                (int) Math.round(connections * LEAVING_SHARE),
                new Step.Burst(MESSAGES, PAYLOAD_BYTES, rate),
                FLOOD,
                Math.max(1, stalled(connections)));
    }

    /** How many of so many do not read at all, and are cut again and again. */
    static int stalled(int connections) {
        return (int) Math.round(connections * STALLED_SHARE);
    }

    /** How many of so many read as much as they are sent, and slowly. */
    static int throttled(int connections) {
        return (int) Math.round(connections * THROTTLED_SHARE);
    }

    /** The shortest run that has the samples that a trend needs after its warm-up. */
    public static Duration shortest() {
        return Duration.ofSeconds(WARM_UP_SECONDS_MIN).plus(CYCLE.multipliedBy(Trend.SAMPLES_MIN + 1));
    }
}
