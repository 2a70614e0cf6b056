package dev.weir.loadgen.plan;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A load on hosts of one kind, and what falls on each of them.
 *
 * @param load as asked for, numbers left open included
 * @param host what each host allows
 */
record Scene(Load load, HostFacts host) {
    private static final String SHARED = "host";

    /** The load with another number of connections and every open number put in. */
    Load wired(long connections) {
        return load.with(connections).wired(host.network().ports(), host.descriptors());
    }

    /** What has a host to itself: every station's process, or all of them together. */
    List<String> hosts() {
        return load.oneHost()
                ? List.of(SHARED)
                : load.stations().stream()
                        .filter(station -> !(station instanceof Station.Target))
                        .map(Station::name)
                        .toList();
    }

    /** An amount of all processes of each station, as far as it falls on one host. */
    long on(String hostName, Load wired, ToLongFunction<Station> amount) {
        return wired.stations().stream()
                .filter(station -> load.oneHost() || station.name().equals(hostName))
                .mapToLong(station -> load.oneHost()
                        ? amount.applyAsLong(station)
                        : Math.ceilDiv(amount.applyAsLong(station), station.processes()))
                .sum();
    }

    /** The station of a name, in a load that is wired. */
    static Station station(Load wired, String name) {
        return wired.stations().stream()
                .filter(station -> station.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
