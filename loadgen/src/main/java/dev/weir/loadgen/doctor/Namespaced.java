package dev.weir.loadgen.doctor;

import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.plan.HostFacts;
import dev.weir.loadgen.plan.Limit;
import dev.weir.loadgen.plan.Link;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Severity;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.scenario.ConntrackFull;
import dev.weir.loadgen.scenario.Crew;
import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Step;
import dev.weir.proxy.capacity.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Limits of the network namespaces that a plan's hops get, against what the load needs of them. */
final class Namespaced {
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    /** What a fresh namespace has, whatever the host was set to. <b>Source:</b> ip-sysctl, measured. */
    private static final PortRange FRESH = new PortRange(32_768, 60_999);

    /**
     * So full a pool is searched in vain now and then.
     *
     * <p><b>Source:</b> {@code nf_nat_l4proto_unique_tuple} tries 128 ports from a random one on, then 64, 32 and 16 from others; runs of taken ports grow
     * with the pool's fill.
     */
    private static final double SEARCHED_SHARE = 0.95;

    private Namespaced() {}

    /**
     * The limits; none on loopback.
     *
     * @param wired the plan's load with every number that was left open put in
     */
    static List<Limit> limits(Plan plan, Load wired, HostFacts host) {
        return switch (plan.chain().surroundings().network()) {
            case Network.Loopback() -> List.of();
            case Network.Namespaces namespaces -> limits(plan, namespaces, wired, host);
        };
    }

    private static List<Limit> limits(Plan plan, Network.Namespaces network, Load wired, HostFacts host) {
        List<Limit> limits = new ArrayList<>();
        long flowsMax = flowsMax(plan, host);
        for (Link link : wired.links(FRESH)) {
            HopNetwork own = network.of(link.from());
            int sources = network.hops().containsKey(link.from()) ? own.addresses() : link.sources();
            boolean early = bindsEarly(plan, link.from());
            int destinations = early ? 1 : link.destinations();
            limits.add(ports(
                    plan,
                    new Link(link.from(), link.to(), sources, destinations, range(own), link.others()),
                    early ? ", all alike to a port that is bound before the destination is known" : ""));
        }
        for (Station station : wired.stations()) {
            if (network.of(station.name()).tracking() == HopNetwork.Tracking.TRACKED && flowsMax > 0) {
                limits.add(flows(plan, station, flowsMax));
            }
            if (network.of(station.name()).tracking() != HopNetwork.Tracking.NOTRACK) {
                network.of(station.name())
                        .masquerade()
                        .ifPresent(ports -> limits.add(translated(plan, station, ports, destinations(wired, station))));
            }
        }
        return limits;
    }

    private static boolean bindsEarly(Plan plan, String hop) {
        return hop.equals("agents")
                && plan.chain().surroundings().crew() instanceof Crew.Loops loops
                && loops.bindsEarly();
    }

    private static PortRange range(HopNetwork own) {
        String text = own.sysctls().get(RANGE);
        if (text == null) {
            return FRESH;
        }
        String[] ends = text.strip().split("\\s+", -1);
        return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    private static long flowsMax(Plan plan, HostFacts host) {
        return plan.steps().stream()
                .filter(step -> step instanceof Step.ChangeHost change
                        && change.sysctls().containsKey(ConntrackFull.MAX))
                .map(step -> ((Step.ChangeHost) step).sysctls().getOrDefault(ConntrackFull.MAX, "0"))
                .mapToLong(Long::parseLong)
                .min()
                .orElse(host.network().flowsMax());
    }

    private static int destinations(Load wired, Station from) {
        return wired.links(FRESH).stream()
                .filter(link -> link.from().equals(from.name()))
                .mapToInt(Link::destinations)
                .findFirst()
                .orElse(1);
    }

    private static Limit translated(Plan plan, Station station, HopNetwork.Ports ports, int destinations) {
        long each = Math.ceilDiv(plan.connections(), station.processes());
        long room = (long) (ports.last() - ports.first() + 1) * destinations;
        long searched = Math.round(room * SEARCHED_SHARE);
        return new Limit(
                Resource.CONNECTION_TRACKING,
                station.name(),
                Severity.BREAKS,
                "translated ports",
                each,
                searched,
                searched * station.processes(),
                String.format(
                        Locale.ROOT,
                        "%s translates to %,d ports for each of %,d destinations; the fuller they are, the longer the search for a free one, which gives up after some 240 tries",
                        station.name(),
                        ports.last() - ports.first() + 1,
                        destinations),
                "more ports or addresses to translate to, or NOTRACK for these flows",
                "");
    }

    private static Limit ports(Plan plan, Link link, String note) {
        return new Limit(
                Resource.SOURCE_PORTS,
                link.from(),
                Severity.BREAKS,
                "tuples",
                plan.connections(),
                link.planned(),
                link.planned(),
                String.format(
                        Locale.ROOT,
                        "%,d ports of its namespace, %,d source addresses, %,d destinations%s: half of them, none is free at %,d",
                        link.ports().count(),
                        link.sources(),
                        link.destinations(),
                        note,
                        link.ceiling()),
                "a wider " + RANGE + " or more addresses at " + link.from(),
                "");
    }

    private static Limit flows(Plan plan, Station station, long max) {
        long each = Math.ceilDiv(plan.connections(), station.processes());
        return new Limit(
                Resource.CONNTRACK_TABLE,
                station.name(),
                Severity.BREAKS,
                "flows",
                each * station.sockets(),
                max,
                max / station.sockets() * station.processes(),
                String.format(
                        Locale.ROOT,
                        "%s tracks %d flows a WebSocket; %s=%,d",
                        station.name(),
                        station.sockets(),
                        ConntrackFull.MAX,
                        max),
                "a larger " + ConntrackFull.MAX + ", or NOTRACK for these flows",
                "");
    }
}
