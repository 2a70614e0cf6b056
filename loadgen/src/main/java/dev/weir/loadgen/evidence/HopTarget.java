package dev.weir.loadgen.evidence;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One hop to watch.
 *
 * @param name {@code agents}, {@code edge}, {@code ingress}, {@code gateway}, or a name of the user's own
 * @param kind what runs there
 * @param pid its process; the master's for nginx
 * @param listenPorts ports that it accepts on: its side towards the agents; empty when unknown or none
 * @param upstreamPorts ports that it connects to: its side towards the next hop; empty when unknown or none
 * @param errorLog error log of a proxy, read from its end at the start
 * @param status nginx {@code stub_status} page
 * @param metrics Prometheus text of a gateway
 * @param events what happened to its container, a line each, see {@link ContainerProbe}; empty for a process without one
 */
public record HopTarget(
        String name,
        HopKind kind,
        long pid,
        List<Integer> listenPorts,
        List<Integer> upstreamPorts,
        Optional<Path> errorLog,
        Optional<URI> status,
        Optional<URI> metrics,
        Optional<Path> events) {
    public HopTarget {
        listenPorts = List.copyOf(listenPorts);
        upstreamPorts = List.copyOf(upstreamPorts);
    }

    /** A hop that is no container. */
    public HopTarget(
            String name,
            HopKind kind,
            long pid,
            List<Integer> listenPorts,
            List<Integer> upstreamPorts,
            Optional<Path> errorLog,
            Optional<URI> status,
            Optional<URI> metrics) {
        this(name, kind, pid, listenPorts, upstreamPorts, errorLog, status, metrics, Optional.empty());
    }

    /** A hop of which only the process is known. */
    public static HopTarget ofProcess(String name, HopKind kind, long pid) {
        return new HopTarget(
                name, kind, pid, List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same hop with the ports of its two sides. */
    public HopTarget withPorts(List<Integer> listen, List<Integer> upstream) {
        return new HopTarget(name, kind, pid, listen, upstream, errorLog, status, metrics, events);
    }

    /** The same hop with its error log. */
    public HopTarget withErrorLog(Path path) {
        return new HopTarget(name, kind, pid, listenPorts, upstreamPorts, Optional.of(path), status, metrics, events);
    }

    /** The same hop with its stub_status page. */
    public HopTarget withStatus(URI uri) {
        return new HopTarget(name, kind, pid, listenPorts, upstreamPorts, errorLog, Optional.of(uri), metrics, events);
    }

    /** The same hop with its metrics page. */
    public HopTarget withMetrics(URI uri) {
        return new HopTarget(name, kind, pid, listenPorts, upstreamPorts, errorLog, status, Optional.of(uri), events);
    }
}
