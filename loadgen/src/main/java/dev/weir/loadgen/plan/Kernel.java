package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;

/** Tables, queues and memory of the kernel, and the memory of the host as a whole. */
final class Kernel {
    private Kernel() {}

    static List<Constraint> of(Scene scene) {
        List<Constraint> constraints = new ArrayList<>();
        for (String host : scene.hosts()) {
            constraints.add(memory(scene, host));
            if (scene.host().network().isTracked()) {
                constraints.add(flows(scene, host));
            }
            constraints.add(unread(scene, host));
        }
        List<Station> stations = scene.load().stations();
        for (Station station : stations.subList(1, stations.size())) {
            if (!(station instanceof Station.Target)) {
                constraints.add(backlog(scene, station.name()));
            }
        }
        return constraints;
    }

    private static Constraint memory(Scene scene, String host) {
        HostFacts.Memory memory = scene.host().memory();
        Load wired = scene.wired(scene.load().connections());
        String says =
                Words.bytes(user(scene, host, wired)) + " of processes and " + Words.bytes(sockets(scene, host, wired))
                        + " of idle sockets, " + Words.bytes(memory.availableBytes()) + " available";
        return new Constraint(
                Resource.MEMORY_LIMIT,
                host,
                Severity.BREAKS,
                "bytes",
                connections -> {
                    Load there = scene.wired(connections);
                    return user(scene, host, there) + sockets(scene, host, there);
                },
                connections -> memory.availableBytes(),
                new Constraint.Advice(
                        says,
                        "more memory, hosts of their own for some hops, or a smaller proxy_buffer_size",
                        "field report B, step 5"));
    }

    private static long user(Scene scene, String host, Load wired) {
        return scene.on(host, wired, station -> MemoryModel.userBytes(station, wired.connections(), scene.host()));
    }

    private static long sockets(Scene scene, String host, Load wired) {
        return scene.on(host, wired, station -> MemoryModel.kernelBytes(station, wired.connections()));
    }

    private static Constraint flows(Scene scene, String host) {
        HostFacts.Network network = scene.host().network();
        long room = Math.max(0, network.flowsMax() - network.flowsNow());
        return new Constraint(
                Resource.CONNTRACK_TABLE,
                host,
                Severity.BREAKS,
                "flows",
                connections -> flowsOf(scene, host, connections),
                connections -> room,
                new Constraint.Advice(
                        "every TCP connection is a flow; the table has room for " + Words.count(room) + " of "
                                + Words.count(network.flowsMax()),
                        "sysctl -w net.netfilter.nf_conntrack_max="
                                + (2 * flowsOf(scene, host, scene.load().connections()))
                                + ", or take them out of tracking: iptables -t raw -A PREROUTING -p tcp -j NOTRACK (and -A OUTPUT)",
                        "field report E"));
    }

    /** Both ends of a connection on one host are one flow of its table. */
    private static long flowsOf(Scene scene, String host, long connections) {
        return scene.load().oneHost()
                ? connections * (scene.load().stations().size() - 1)
                : scene.on(host, scene.wired(connections), station -> connections * station.sockets());
    }

    private static Constraint unread(Scene scene, String host) {
        long max = scene.host().network().tcpMemoryPages();
        int payload = scene.load().traffic().payloadBytes();
        long pages = MemoryModel.unreadPages(payload);
        return new Constraint(
                Resource.TCP_MEMORY,
                host,
                Severity.RISKS,
                "pages",
                connections -> pages
                        * (scene.load().oneHost()
                                ? connections
                                : scene.on(
                                        host,
                                        scene.wired(connections),
                                        station -> station.sockets() == 0 ? 0 : connections)),
                connections -> max,
                new Constraint.Advice(
                        "idle sockets take none, but one unread message of " + Words.count(payload) + " bytes takes "
                                + Words.plural(pages, "page")
                                + " of a socket, and a broadcast leaves one at each until its reader"
                                + " reads",
                        "bound what is unread (broadcasts in slices), or sysctl -w net.ipv4.tcp_mem='"
                                + raised(max, pages * scene.load().connections()) + "'",
                        "field reports A and D"));
    }

    private static String raised(long max, long wanted) {
        long most = Math.max(max, 2 * wanted);
        return most / 4 + " " + most / 2 + " " + most;
    }

    private static Constraint backlog(Scene scene, String name) {
        long max = scene.host().network().backlogMax();
        int inFlight = scene.load().traffic().handshakesInFlight();
        return new Constraint(
                Resource.ACCEPT_QUEUE,
                name,
                Severity.RISKS,
                "connects",
                connections -> Math.min(connections, inFlight),
                connections -> {
                    Station station = Scene.station(scene.wired(connections), name);
                    return max * station.processes() * station.listening();
                },
                new Constraint.Advice(
                        Words.count(inFlight) + " handshakes under way over the listeners, each with a backlog cut to "
                                + Words.count(max),
                        "sysctl -w net.core.somaxconn=65535",
                        "field report E"));
    }
}
