package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.traffic.Mix;
import dev.weir.loadgen.traffic.RateSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The interfaces of the gateway under load, on top of held connections: rates, latencies and what they cost each hop.
 *
 * <p><b>Source:</b> field report B's own goal: a million held, then TPS and QPS of each interface, stability and cost.
 */
public record Traffic() implements Scenario {
    private static final int CONNECTIONS = 5_000;
    private static final int ROOM_MEMBERS = 50;
    private static final int PAYLOAD_BYTES = 128;
    /** Two fresh JVMs and two proxies compile, allocate and connect what they need; nothing is concluded from it. */
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final Duration MEASURED_REAL = Duration.ofMinutes(5);
    private static final Duration TRIAL = Duration.ofSeconds(4);
    /** A visitor stays a second and takes no longer than another to come and to go. */
    private static final double VISITOR_SECONDS = 2;

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public String says() {
        return "every interface answers at its rate while the connections are held";
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
        return List.of(new Variant("plain", "the tuned chain, a mix of all interfaces", Expected.PROMISES_HELD));
    }

    @Override
    public List<Variant> pair() {
        return variants();
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        TrafficWish wanted = wish.traffic();
        Mix mix = Mix.of(connections).with(wanted.perSecond());
        Duration measured = wish.duration().orElse(wish.realTime() ? MEASURED_REAL : MEASURED);
        List<Step> steps = new ArrayList<>(List.of(
                new Step.Ramp("ramp", 0),
                new Step.Traffic(Phase.WARM_UP, mix, WARM_UP, PAYLOAD_BYTES),
                new Step.Traffic("traffic", mix, measured, PAYLOAD_BYTES)));
        wanted.find().ifPresent(threshold -> steps.add(new Step.Find("find", mix, threshold, TRIAL, PAYLOAD_BYTES)));
        // Hops without room for the visitors of a trial would be what the search finds.
        double factor = wanted.find().isPresent() ? RateSearch.FACTOR_MAX : 1;
        int visitors = (int) Math.ceil(mix.rate(Operation.CONNECT) * VISITOR_SECONDS * factor);
        return new Plan(
                Chain.of(wish, connections + visitors, "tuned", Map.of()),
                connections,
                Math.max(1, connections / ROOM_MEMBERS),
                false,
                true,
                steps,
                variant.expected(),
                Optional.empty());
    }
}
