package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of tracked flows at the edge is full: new connections get no answer, old ones live on.
 *
 * <p><b>Source:</b> field report E: {@code nf_conntrack: table full, dropping packet} under connects that nothing else explained.
 */
public record ConntrackFull() implements Scenario {
    /** One setting for the whole host, though each network namespace fills a table of its own. */
    public static final String MAX = "net.netfilter.nf_conntrack_max";

    private static final int CONNECTIONS = 600;
    private static final double RAMP_SECONDS = 3;
    /** A proxied WebSocket is two flows; so many of them find room. */
    private static final double ROOM_SHARE = 0.6;

    private static final int BIGGER = 4;
    private static final double FAILED_SHARE = 0.2;

    @Override
    public String name() {
        return "conntrack-full";
    }

    @Override
    public String says() {
        return "the table of tracked flows is full: new connections time out, old ones live on";
    }

    @Override
    public String report() {
        return "E1";
    }

    @Override
    public String fix() {
        return "a larger nf_conntrack_max, or NOTRACK for these flows";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("broken", "a table with room for 60 % of the flows at the edge", Expected.REPRODUCED),
                new Variant("fixed", "a table with room for all, and as much again", Expected.NOT_REPRODUCED),
                new Variant("notrack", "the small table, these flows kept out of it", Expected.NOT_REPRODUCED));
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        int connections = wish.connections().orElse(CONNECTIONS);
        int each = Math.ceilDiv(connections, Math.max(1, wish.edges()));
        long room = variant.name().equals("fixed") ? (long) BIGGER * each : Math.round(2 * ROOM_SHARE * each);
        HopNetwork edge = HopNetwork.PLAIN.withTracking(
                variant.name().equals("notrack") ? HopNetwork.Tracking.NOTRACK : HopNetwork.Tracking.TRACKED);
        Chain chain = Chain.of(wish, connections, "tuned", Map.of())
                .in(Surroundings.NONE.on(new Network.Namespaces(Map.of("edge", edge), Optional.empty())));
        return new Plan(
                variant.expected() == Expected.REPRODUCED ? chain.straining(Resource.CONNTRACK_TABLE, "edge") : chain,
                connections,
                1,
                true,
                true,
                List.of(
                        new Step.ChangeHost("limit", Map.of(MAX, Long.toString(room))),
                        new Step.Ramp("ramp", connections / RAMP_SECONDS),
                        // Those that got in lack nothing.
                        new Step.Broadcast("broadcast", EVERYONE, 5, 128, 2, Duration.ofSeconds(10)),
                        new Step.PutHostBack("put-back")),
                variant.expected(),
                Optional.of(new Claim(
                        Resource.CONNTRACK_TABLE,
                        "edge",
                        new Symptom.ConnectsFail(FAILED_SHARE, List.of("timeout", "connect", "no-101", "504")),
                        List.of("conntrack"),
                        List.of())));
    }
}
