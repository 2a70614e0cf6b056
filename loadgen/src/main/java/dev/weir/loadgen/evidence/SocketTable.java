package dev.weir.loadgen.evidence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assigns sockets to the sides of hops by their ports.
 *
 * <p>In one shared network namespace both ends of every connection are in the table: the end whose <em>local</em> port is listened on is the
 * {@code down} side of that hop, the end whose <em>remote</em> port is listened on is the {@code up} side of the hop before it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SocketTable implements SocketDiag.Sink {
    private static final int PORTS = 1 << 16;

    /** By port: every socket of a chain is looked up here. */
    private final @Nullable SocketSide[] byLocalPort = new @Nullable SocketSide[PORTS];

    private final @Nullable SocketSide[] byRemotePort = new @Nullable SocketSide[PORTS];
    private final List<SocketSide> sides = new ArrayList<>();

    SocketTable(List<HopTarget> hops) {
        for (HopTarget hop : hops) {
            register(hop.name(), "down", hop.listenPorts(), byLocalPort);
            register(hop.name(), SocketSide.UP, hop.upstreamPorts(), byRemotePort);
        }
    }

    private void register(String hop, String name, List<Integer> ports, @Nullable SocketSide[] into) {
        if (!ports.isEmpty()) {
            SocketSide side = new SocketSide(hop, name);
            for (int port : ports) {
                if (into[port] == null) {
                    into[port] = side;
                }
            }
            sides.add(side);
        }
    }

    private @Nullable SocketSide side(int localPort, int remotePort) {
        SocketSide down = byLocalPort[localPort];
        return down != null ? down : byRemotePort[remotePort];
    }

    @Override
    public boolean wants(int localPort, int remotePort) {
        return side(localPort, remotePort) != null;
    }

    @Override
    public void take(SocketRow row) {
        SocketSide side = side(row.localPort(), row.remotePort());
        if (side != null) {
            side.add(row);
        }
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
