package dev.weir.loadgen.doctor;

import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.plan.HostFacts;
import dev.weir.loadgen.plan.Limit;
import dev.weir.loadgen.plan.Link;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Severity;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.scenario.ConntrackFull;
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
            limits.add(ports(
                    plan, new Link(link.from(), link.to(), sources, link.destinations(), range(own), link.others())));
        }
        for (Station station : wired.stations()) {
            if (network.of(station.name()).tracking() == HopNetwork.Tracking.TRACKED && flowsMax > 0) {
                limits.add(flows(plan, station, flowsMax));
            }
        }
        return limits;
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

    private static Limit ports(Plan plan, Link link) {
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
                        "%,d ports of its namespace, %,d source addresses, %,d destinations: half of them, none is free at %,d",
                        link.ports().count(),
                        link.sources(),
                        link.destinations(),
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
