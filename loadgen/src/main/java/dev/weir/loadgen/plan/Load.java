package dev.weir.loadgen.plan;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.PortRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be carried, and by what.
 *
 * <p><b>Example:</b> {@code Load.of(1_000_000, List.of(new Station.Agents(0, 0), new Station.Gateway(1, 0)))}.
 *
 * @param connections WebSockets, 1..{@link #CONNECTIONS_MAX}
 * @param stations from the agents' side, at least two
 * @param oneHost all processes share one host and its addresses; else each has a host of its own
 * @param otherConnections of other traffic through the same proxies, which take ports too
 * @param traffic what goes over the connections
 */
public record Load(long connections, List<Station> stations, boolean oneHost, long otherConnections, Traffic traffic) {
    /** How much of what is planned for a pair is used where addresses are chosen freely. */
    private static final int PLANNED_PERCENT = 60;

    /** More than anyone has held through one chain. */
    public static final long CONNECTIONS_MAX = 100_000_000;

    /**
     * What goes over the connections.
     *
     * @param payloadBytes of one message to all
     * @param handshakesInFlight connects under way at once
     */
    public record Traffic(int payloadBytes, int handshakesInFlight) {
        /** Messages of 128 bytes, and as many handshakes under way as {@code weir run} allows itself. */
        public static final Traffic DEFAULT = new Traffic(128, 256);
    }

    /** Checks the ranges. */
    public Load {
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException(
                    "connections must be within 1 to " + CONNECTIONS_MAX + ": connections=" + connections);
        }
        if (stations.size() < 2) {
            throw new IllegalArgumentException("stations must be at least two: stations=" + stations);
        }
        stations = List.copyOf(stations);
    }

    /** Connections over stations on this one host, with no other traffic. */
    public static Load of(long connections, List<Station> stations) {
        return new Load(connections, stations, true, 0, Traffic.DEFAULT);
    }

    /** The same with another number of connections. */
    Load with(long count) {
        return new Load(count, stations, oneHost, otherConnections, traffic);
    }

    /** The same over other stations. */
    private Load over(List<Station> others) {
        return new Load(connections, others, oneHost, otherConnections, traffic);
    }

    /** The same with every number that was left open put at the smallest that keeps to half of each port range and to the descriptors. */
    public Load wired(PortRange ports, Descriptors descriptors) {
        List<Station> wired = new ArrayList<>(stations);
        for (int i = 1; i < wired.size(); i++) {
            wired.set(i, listening(wired.get(i), wired.get(i - 1), ports));
        }
        if (wired.getFirst() instanceof Station.Agents agents) {
            int entrances = destinations(wired.get(1));
            int sources = agents.sources() > 0 ? agents.sources() : needed(entrances, ports);
            int processes = agents.processes() > 0 ? agents.processes() : descriptors.processesFor(connections);
            wired.set(0, new Station.Agents(processes, sources));
        }
        return over(wired);
    }

    /** Clients come from many addresses to one port; a proxy comes from one address to many ports. */
    private Station listening(Station station, Station before, PortRange ports) {
        if (station.listening() > 0) {
            return station;
        }
        int each = before instanceof Station.Agents && before.sources() == Station.AS_NEEDED
                ? 1
                : Math.ceilDiv(needed(sources(before), ports), station.processes());
        return switch (station) {
            case Station.Agents agents -> agents;
            case Station.Proxy proxy ->
                new Station.Proxy(proxy.name(), proxy.processes(), proxy.sources(), each, proxy.workers());
            case Station.Haproxy proxy ->
                new Station.Haproxy(proxy.name(), proxy.processes(), proxy.sources(), each, proxy.maxconn());
            case Station.Gateway gateway -> new Station.Gateway(gateway.processes(), each);
            case Station.Target target -> target;
        };
    }

    /**
     * Partners that so many addresses, on either side, need on the other, with room below the knee: near it {@code connect()} tries ever more ports
     * before it finds a free one. A million over 71 addresses, all of what is planned, came to a crawl at 820,000; over 119 it did not.
     */
    private int needed(int addresses, PortRange ports) {
        long roomy = Math.ceilDiv((connections + otherConnections) * 100, (long) PLANNED_PERCENT);
        return Math.toIntExact(Capacity.upstreamsNeeded(roomy, ports, addresses));
    }

    /** Source addresses towards the next station; processes of one host share theirs. */
    private int sources(Station station) {
        int each = Math.max(1, station.sources());
        return oneHost || station instanceof Station.Agents ? each : each * station.processes();
    }

    private static int destinations(Station station) {
        return station.processes() * station.listening();
    }

    /** Addresses between each station and the next; of a load that is wired. */
    public List<Link> links(PortRange ports) {
        List<Link> links = new ArrayList<>();
        for (int i = 1; i < stations.size(); i++) {
            Station from = stations.get(i - 1);
            Station to = stations.get(i);
            long others = from instanceof Station.Agents ? 0 : otherConnections;
            links.add(new Link(from.name(), to.name(), sources(from), destinations(to), ports, others));
        }
        return links;
    }
}
