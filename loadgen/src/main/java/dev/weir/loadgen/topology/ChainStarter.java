package dev.weir.loadgen.topology;

import dev.weir.loadgen.doctor.Loads;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.plan.Descriptors;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.render.HostPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Starts the processes of a chain on whatever ground: gateways, then ingresses, then edges, each ready before the next.
 *
 * <p><b>Threading:</b> one thread; calls block. <b>Bounds:</b> a hop has {@value HopStart#PATIENCE_SECONDS} seconds to get ready.
 */
final class ChainStarter {
    private static final String WEBSOCKET_PATH = "/connection/websocket";
    /** Not a flag: every user of the machine may read a command line. */
    private static final String API_KEY = "WEIR_API_KEY";

    private static final int TRIES = 3;
    private static final int ID_DIGITS = 6;
    /** Descriptors of a gateway beside its connections: libraries, logs, event loops, listeners. */
    private static final int DESCRIPTORS_RESERVED = 512;

    private final ProxyConfig proxies;
    private final ProxyBinaries binaries;
    private final GatewayLaunch gateways;
    private final HostLimits limits;
    private final RandomGenerator random;
    private final boolean refuses;

    /**
     * @param proxies templates and profiles
     * @param binaries what runs the proxies
     * @param gateways how a gateway is started
     * @param limits of this machine
     * @param random chooses ports, names and the API key
     * @param refuses what its settings cannot carry
     */
    ChainStarter(
            ProxyConfig proxies,
            ProxyBinaries binaries,
            GatewayLaunch gateways,
            HostLimits limits,
            RandomGenerator random,
            boolean refuses) {
        this.proxies = proxies;
        this.binaries = binaries;
        this.gateways = gateways;
        this.limits = limits;
        this.random = random;
        this.refuses = refuses;
    }

    /** The same, but proxies are started even when their settings cannot carry what is asked. */
    ChainStarter forced() {
        return new ChainStarter(proxies, binaries, gateways, limits, random, false);
    }

    /** Makes what a chain stands on. */
    interface GroundMaker {
        /**
         * Makes it.
         *
         * @param id of the run, short and its own, e.g. {@code weir-3fa91c}
         * @param ports chooses ports
         */
        Ground make(String id, FreePorts ports);
    }

    /** Starts a chain, on another ground when somebody took a port of the first. */
    RunningChain start(Chain chain, Path folder, GroundMaker maker) {
        for (int tries = 1; ; tries++) {
            String id = "weir-" + HexFormat.of().toHexDigits(random.nextInt(), ID_DIGITS);
            try {
                return startOnce(
                        chain,
                        folder,
                        maker.make(id, new FreePorts(random, limits.ports().first())));
            } catch (PortTaken taken) {
                // Somebody took a port between choosing and listening: choose others.
                if (tries == TRIES) {
                    throw LabException.environment(taken.getMessage());
                }
            }
        }
    }

    private RunningChain startOnce(Chain chain, Path folder, Ground ground) {
        LocalChain running = new LocalChain(Long.toHexString(random.nextLong()), ground);
        try {
            Load load = new Loads(proxies, limits).of(chain);
            Wires planned = Wires.of(load.wired(limits.ports(), new Descriptors(limits.descriptors(), false)));
            running.wire(planned.from(ground.agentSources(planned.agentSources())));
            List<HostPort> next = startGateways(chain, folder, running);
            next = startProxies(Hop.INGRESS, chain, next, folder, running);
            secure(chain, folder, running);
            next = startProxies(Hop.EDGE, chain, next, folder, running);
            String scheme = running.certificate().isPresent() ? "wss://" : "ws://";
            running.enterAt(next.stream()
                    .map(entrance -> URI.create(scheme + entrance + WEBSOCKET_PATH))
                    .toList());
            return running;
        } catch (RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    /** A certificate made on the spot for the addresses of all edges; it is worth nothing after the run. */
    private static void secure(Chain chain, Path folder, LocalChain running) {
        if (!"on".equals(chain.settings().get(Hop.EDGE.label() + "." + Overrides.TLS))) {
            return;
        }
        if (chain.edges() == 0) {
            throw LabException.usage(
                    "--tls must have an edge to end it: edges=0; leave --hops out, or let it begin with edge");
        }
        List<String> addresses = new ArrayList<>();
        for (int i = 1; i <= chain.edges(); i++) {
            addresses.add(running.ground().address(numbered(Hop.EDGE.label(), i)));
        }
        running.secure(Certificates.make(ownFolder(folder, "tls"), addresses));
    }

    private List<HostPort> startGateways(Chain chain, Path folder, LocalChain running) {
        Map<String, String> settings = settings(chain, "gateway");
        List<HostPort> listening = new ArrayList<>();
        for (int i = 1; i <= chain.gateways(); i++) {
            String name = numbered("gateway", i);
            Path own = ownFolder(folder, name);
            String address = running.ground().address(name);
            List<Integer> listen = running.ground().ports(running.wires().portsPerGateway());
            int api = running.ground().ports(1).getFirst();
            Path ready = own.resolve("ready.json");
            List<String> flags = new ArrayList<>(
                    List.of("--insecure", "--host", address, "--api-host", address, "--ready-file", ready.toString()));
            flags.addAll(List.of("--port", range(listen), "--api-port", Integer.toString(api)));
            flags.addAll(admission(chain));
            Path log = own.resolve("gateway.log");
            List<String> command = new ArrayList<>(running.ground().prefix("gateway", name));
            command.addAll(gateways.command(
                    settings, flags, chain.surroundings().of("gateway").heapBytes()));
            SupervisedProcess process = SupervisedProcess.start(name, command, Map.of(API_KEY, running.apiKey()), log);
            running.own(process);
            HopStart.awaitFile(process, ready);
            URI base = URI.create("http://" + new HostPort(address, api));
            running.addApi(base);
            running.add(new RunningHop(
                    name,
                    "gateway",
                    gateways.version(),
                    HopStart.pid(ready),
                    listen,
                    List.of(),
                    log,
                    Optional.empty(),
                    Optional.of(base.resolve("/metrics")),
                    "",
                    settings,
                    settings,
                    Optional.empty()));
            listen.forEach(port -> listening.add(new HostPort(address, port)));
        }
        return listening;
    }

    /** More than one descriptor table holds is admitted only when it is asked for; some come back before those that they replace are counted out. */
    private List<String> admission(Chain chain) {
        int share = Math.ceilDiv(chain.connections(), chain.gateways());
        return share + DESCRIPTORS_RESERVED <= limits.descriptors()
                        || chain.settings().containsKey("gateway.max_connections")
                ? List.of()
                : List.of("--max-connections", Integer.toString(share + share / 50));
    }

    private List<HostPort> startProxies(
            Hop hop, Chain chain, List<HostPort> upstreams, Path folder, LocalChain running) {
        int processes = hop == Hop.EDGE ? chain.edges() : chain.ingresses();
        if (processes == 0) {
            return upstreams;
        }
        ProxyHop proxy = new ProxyHop(proxies, binaries, limits, chain, hop, refuses);
        List<HostPort> listening = new ArrayList<>();
        for (int i = 1; i <= processes; i++) {
            String name = numbered(hop.label(), i);
            Path own = ownFolder(folder, name);
            Ground ground = running.ground();
            List<HostPort> listen = ground
                    .ports(
                            hop == Hop.EDGE
                                    ? running.wires().portsPerEdge()
                                    : running.wires().portsPerIngress())
                    .stream()
                    .map(port -> new HostPort(ground.address(name), port))
                    .toList();
            HostPort status = new HostPort(ground.address(name), ground.ports(1).getFirst());
            running.add(proxy.start(running, new ProxyHop.Place(name, own, listen, upstreams, status)));
            listening.addAll(listen);
        }
        return listening;
    }

    static Map<String, String> settings(Chain chain, String hop) {
        String prefix = hop + ".";
        Map<String, String> settings = new TreeMap<>();
        chain.settings().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                settings.put(key.substring(prefix.length()), value);
            }
        });
        return settings;
    }

    private static String numbered(String kind, int i) {
        return i == 1 ? kind : kind + "-" + i;
    }

    private static String range(List<Integer> ports) {
        return ports.size() == 1 ? ports.getFirst().toString() : ports.getFirst() + "-" + ports.getLast();
    }

    /** Writes a file of the run's. */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw LabException.environment("the run's folder must be writable: file=" + file + "; " + e, e);
        }
    }

    static Path ownFolder(Path folder, String name) {
        try {
            Path own = folder.resolve(name).toAbsolutePath();
            // What an earlier try left would be read as this one's.
            Files.deleteIfExists(own.resolve("ready.json"));
            return Files.createDirectories(own);
        } catch (IOException e) {
            throw LabException.environment("the run's folder must be writable: folder=" + folder + "; " + e, e);
        }
    }
}
