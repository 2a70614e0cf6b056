package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything drops a fixed time after connecting, because a proxy cuts connections on which nothing was sent.
 *
 * <p><b>Source:</b> field report B, step 2: dropped after 3 minutes at an idle timeout of 180 s, held with 900 s.
 */
public record IdleTimeout() implements Scenario {
    private static final int CONNECTIONS = 2_000;
    private static final int PUBLISHED_SECONDS = 180;
    private static final int FIXED_SECONDS = 900;
    /** Published seconds divided by this are what runs by default. */
    private static final int SCALE = 60;
    /** Arrivals are spread, so that only a timer for each connection explains the equal ages at which they end. */
    private static final double RAMP_SECONDS = 2;
    /** How much of all connections must be cut. */
    private static final double CUT_SHARE = 0.9;

    @Override
    public String name() {
        return "idle-timeout";
    }

    @Override
    public String says() {
        return "all connections drop a fixed time after the last byte";
    }

    @Override
    public String report() {
        return "B2";
    }

    @Override
    public String fix() {
        return "proxy_read_timeout above the silence, or pings below it";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "idle timeout at the edge, nothing sent", Expected.REPRODUCED),
                new Variant("fixed", "the published fix: five times the timeout", Expected.NOT_REPRODUCED),
                new Variant("heartbeat", "the old timeout, pings below it", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int scale = wish.realTime() ? 1 : SCALE;
        int connections = wish.connections().orElse(CONNECTIONS);
        int cutSeconds = PUBLISHED_SECONDS / scale;
        int edgeSeconds = variant.name().equals("fixed") ? FIXED_SECONDS / scale : cutSeconds;
        long pingMillis = variant.name().equals("heartbeat") ? cutSeconds * 1000L / 3 : 0;
        Map<String, String> settings = Map.of(
                "edge.proxy_read_timeout", edgeSeconds + "s",
                "edge.proxy_send_timeout", edgeSeconds + "s",
                "ingress.proxy_read_timeout", FIXED_SECONDS + "s",
                "ingress.proxy_send_timeout", FIXED_SECONDS + "s",
                "gateway.ping_interval", pingMillis == 0 ? "0" : pingMillis + "ms");
        Duration cut = Duration.ofSeconds(cutSeconds);
        Step hold = variant.expected() == Expected.REPRODUCED
                ? new Step.HoldUntilCut(
                        "hold", cut.plusSeconds(1), wish.realTime() ? cut.multipliedBy(6) : Duration.ofSeconds(45))
                : new Step.Hold("hold", cut.multipliedBy(2).plusSeconds(1));
        return new Plan(
                Chain.of(wish, connections, "stock", settings),
                connections,
                1,
                false,
                true,
                List.of(new Step.Ramp("ramp", connections / RAMP_SECONDS), hold),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.IDLE_TIMEOUT,
                        "edge",
                        new Symptom.CutWithoutCloseFrame(CUT_SHARE),
                        List.of("error-log"),
                        List.of())));
    }
}
