package dev.weir.loadgen.topology;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process of a chain that is up.
 *
 * @param name {@code edge}, {@code ingress}, {@code gateway}; from the second of a kind on {@code edge-2} …
 * @param kind {@code nginx}, {@code haproxy} or {@code gateway}
 * @param version of the program, empty when unknown
 * @param pid the proxy's master, or the gateway
 * @param listenPorts where it accepts
 * @param upstreamPorts ports of the next hop; empty for a gateway
 * @param errorLog where it writes what went wrong
 * @param status status page of a proxy
 * @param metrics Prometheus metrics of a gateway
 * @param configDigest {@code sha256:} of the rendered configuration; empty when there is none
 * @param requested settings as profile and overrides have them, by name without hop prefix
 * @param effective the same settings as they really are
 * @param events what the engine says happened to its container, see {@link ContainerWatch#EVENTS}; empty for a process without one
 */
public record RunningHop(
        String name,
        String kind,
        String version,
        long pid,
        List<Integer> listenPorts,
        List<Integer> upstreamPorts,
        Path errorLog,
        Optional<URI> status,
        Optional<URI> metrics,
        String configDigest,
        Map<String, String> requested,
        Map<String, String> effective,
        Optional<Path> events) {
    public RunningHop {
        listenPorts = List.copyOf(listenPorts);
        upstreamPorts = List.copyOf(upstreamPorts);
        requested = Map.copyOf(requested);
        effective = Map.copyOf(effective);
    }
}
