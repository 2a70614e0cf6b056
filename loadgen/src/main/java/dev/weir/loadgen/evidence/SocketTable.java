package dev.weir.loadgen.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Assigns sockets to the sides of hops by their ports.
 *
 * <p>In one shared network namespace both ends of every connection are in the table: the end whose <em>local</em> port is listened on is the
 * {@code down} side of that hop, the end whose <em>remote</em> port is listened on is the {@code up} side of the hop before it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SocketTable {
    private final Map<Integer, SocketSide> byLocalPort = new HashMap<>();
    private final Map<Integer, SocketSide> byRemotePort = new HashMap<>();
    private final List<SocketSide> sides = new ArrayList<>();

    SocketTable(List<HopTarget> hops) {
        for (HopTarget hop : hops) {
            register(hop.name(), "down", hop.listenPorts(), byLocalPort);
            register(hop.name(), SocketSide.UP, hop.upstreamPorts(), byRemotePort);
        }
    }

    private void register(String hop, String name, List<Integer> ports, Map<Integer, SocketSide> into) {
        if (!ports.isEmpty()) {
            SocketSide side = new SocketSide(hop, name);
            ports.forEach(port -> into.putIfAbsent(port, side));
            sides.add(side);
        }
    }

    void add(SocketRow row) {
        Optional.ofNullable(byLocalPort.get(row.localPort()))
                .or(() -> Optional.ofNullable(byRemotePort.get(row.remotePort())))
                .ifPresent(side -> side.add(row));
    }

    boolean held() {
        return sides.stream().anyMatch(SocketSide::held);
    }

    List<Reading> readings() {
        return sides.stream().flatMap(side -> side.readings().stream()).toList();
    }

    /** The filter for {@code ss} that lets these hops' sockets through; empty when no port is known. */
    static String filter(List<HopTarget> hops) {
        List<String> terms = new ArrayList<>();
        hops.stream().flatMap(hop -> hop.listenPorts().stream()).distinct().forEach(port -> {
            terms.add("sport = :" + port);
            terms.add("dport = :" + port);
        });
        hops.stream()
                .flatMap(hop -> hop.upstreamPorts().stream())
                .distinct()
                .map(port -> "dport = :" + port)
                .filter(term -> !terms.contains(term))
                .forEach(terms::add);
        return terms.isEmpty() ? "" : "( " + String.join(" or ", terms) + " )";
    }
}
