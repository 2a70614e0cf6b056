package dev.weir.proxy;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.ProxyKind;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.TlsFiles;
import dev.weir.proxy.render.Wiring;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A chain of one edge and one ingress, for rendering and checking without starting anything.
 *
 * <p>On this machine each hop listens on as many ports as the hop before it needs to stay within half its range of source ports. A hop that
 * has a place in a network of its own listens there, on every address it has.
 *
 * @param tuning profile and overrides
 * @param demand what each hop must carry, and on what machine
 * @param folder where rendered files and run directories go; absolute
 * @param places where the hops stand; empty for a chain on this machine
 * @param tls what the edge accepts TLS with; empty for plain TCP
 */
public record ChainRequest(Tuning tuning, Demand demand, Path folder, Optional<Places> places, Optional<TlsFiles> tls) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY = "0.0.0.0";
    private static final int EDGE_PORT = 8_080;
    private static final int STATUS_PORT = 8_089;
    private static final int INGRESS_PORT = 8_100;
    private static final int GATEWAY_PORT = 8_000;
    private static final int PORTS_MAX = 80;

    /** A chain on this machine, without TLS. */
    public ChainRequest(Tuning tuning, Demand demand, Path folder) {
        this(tuning, demand, folder, Optional.empty());
    }

    /** Without TLS. */
    public ChainRequest(Tuning tuning, Demand demand, Path folder, Optional<Places> places) {
        this(tuning, demand, folder, places, Optional.empty());
    }

    /** The same chain with another profile or other overrides. */
    public ChainRequest with(Tuning other) {
        return new ChainRequest(other, demand, folder, places, tls);
    }

    /** What to render, the hop that clients reach first. */
    public List<RenderRequest> hops() {
        return places.map(this::placed).orElseGet(this::onThisMachine);
    }

    private List<RenderRequest> placed(Places at) {
        return List.of(
                request(Hop.EDGE, anywhere(at.edge()), at.ingress(), new HostPort(ANY, STATUS_PORT)),
                request(Hop.INGRESS, anywhere(at.ingress()), at.gateway(), new HostPort(ANY, STATUS_PORT + 1)));
    }

    private List<RenderRequest> onThisMachine() {
        var needed =
                Capacity.upstreamsNeeded(demand.connections(), demand.limits().ports(), 1);
        var count = (int) Math.min(PORTS_MAX, needed);
        return List.of(
                request(Hop.EDGE, ports(EDGE_PORT, 1), ports(INGRESS_PORT, count), new HostPort(LOOPBACK, STATUS_PORT)),
                request(
                        Hop.INGRESS,
                        ports(INGRESS_PORT, count),
                        ports(GATEWAY_PORT, count),
                        new HostPort(LOOPBACK, STATUS_PORT + 1)));
    }

    /** Where a rendered hop is written. */
    public Path file(Hop hop) {
        return folder.resolve(hop.label() + (tuning.overrides().kindOf(hop) == ProxyKind.HAPROXY ? ".cfg" : ".conf"));
    }

    private RenderRequest request(Hop hop, List<HostPort> listen, List<HostPort> upstreams, HostPort status) {
        var runDir = folder.resolve(hop.label());
        var files = hop == Hop.EDGE ? tls : Optional.<TlsFiles>empty();
        return new RenderRequest(hop, tuning, new Wiring(listen, upstreams, status, runDir, files), demand);
    }

    /** The ports of a place on every address, each once. */
    private static List<HostPort> anywhere(List<HostPort> place) {
        return place.stream()
                .map(address -> new HostPort(ANY, address.port()))
                .distinct()
                .toList();
    }

    private static List<HostPort> ports(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(port -> new HostPort(LOOPBACK, port))
                .toList();
    }
}
