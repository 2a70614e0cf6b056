package dev.weir.loadgen.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user asked for, over a scenario's defaults.
 *
 * @param connections how many; empty takes the scenario's own number
 * @param realTime the published durations instead of scaled ones
 * @param hold how long connections are held at the end; empty takes the scenario's own time
 * @param edges edge proxies in the chain; 0 leaves the hop out
 * @param ingresses ingress proxies in the chain; 0 leaves the hop out
 * @param gateways gateway processes; more than one are islands
 * @param profile proxy profile in place of the scenario's own
 * @param settings settings over all else, with hop prefix, e.g. {@code edge.proxy_buffer_size}
 * @param traffic of the scenario {@code traffic}; nothing to the others
 * @param duration how long {@code traffic} is measured or {@code soak} repeats itself; empty takes the scenario's own time
 * @param at where {@code open-files} breaks the chain: at the agents or, as when it is empty, at the proxy next to them
 */
public record Wish(
        OptionalInt connections,
        boolean realTime,
        Optional<Duration> hold,
        int edges,
        int ingresses,
        int gateways,
        Optional<String> profile,
        Map<String, String> settings,
        TrafficWish traffic,
        Optional<Duration> duration,
        Optional<String> at) {
    /** The whole chain, one of each, a scenario's own numbers. */
    public static final Wish DEFAULT =
            new Wish(OptionalInt.empty(), false, Optional.empty(), 1, 1, 1, Optional.empty(), Map.of());

    public Wish {
        settings = Map.copyOf(settings);
    }

    /** Traffic and duration as their scenarios have them. */
    public Wish(
            OptionalInt connections,
            boolean realTime,
            Optional<Duration> hold,
            int edges,
            int ingresses,
            int gateways,
            Optional<String> profile,
            Map<String, String> settings) {
        this(
                connections,
                realTime,
                hold,
                edges,
                ingresses,
                gateways,
                profile,
                settings,
                TrafficWish.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    /** The hop next to the agents. */
    String firstHop() {
        return edges > 0 ? "edge" : afterEdge();
    }

    /** The hop behind the edge. */
    String afterEdge() {
        return ingresses > 0 ? "ingress" : "gateway";
    }

    /** How many processes the hop behind the edge has. */
    int processesAfterEdge() {
        return Math.max(1, ingresses > 0 ? ingresses : gateways);
    }

    /** The same with other traffic. */
    public Wish with(TrafficWish wanted) {
        return new Wish(
                connections, realTime, hold, edges, ingresses, gateways, profile, settings, wanted, duration, at);
    }

    /** The same for another time. */
    public Wish lasting(Duration time) {
        return new Wish(
                connections,
                realTime,
                hold,
                edges,
                ingresses,
                gateways,
                profile,
                settings,
                traffic,
                Optional.of(time),
                at);
    }

    /** The same broken at another hop. */
    public Wish brokenAt(String hop) {
        return new Wish(
                connections,
                realTime,
                hold,
                edges,
                ingresses,
                gateways,
                profile,
                settings,
                traffic,
                duration,
                Optional.of(hop));
    }

    /** The same with so many connections. */
    public Wish holding(int count) {
        return new Wish(
                OptionalInt.of(count),
                realTime,
                hold,
                edges,
                ingresses,
                gateways,
                profile,
                settings,
                traffic,
                duration,
                at);
    }
}
