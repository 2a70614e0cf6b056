package dev.weir.loadgen.topology;

import dev.weir.loadgen.doctor.Loads;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.plan.Descriptors;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.nginx.NginxBinary;
import dev.weir.proxy.profile.Hop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Starts a chain as processes of this machine on loopback: gateways, then ingresses, then edges, each ready before the next.
 *
 * <p><b>Threading:</b> one thread; calls block. <b>Bounds:</b> a hop has {@value HopStart#PATIENCE_SECONDS} seconds to get ready.
 */
public final class LocalTopology {
    private static final String HOST = "127.0.0.1";
    private static final String WEBSOCKET_PATH = "/connection/websocket";
    /** Not a flag: every user of the machine may read a command line. */
    private static final String API_KEY = "WEIR_API_KEY";

    private static final int TRIES = 3;
    /** Descriptors of a gateway beside its connections: libraries, logs, event loops, listeners. */
    private static final int DESCRIPTORS_RESERVED = 512;

    private final ProxyConfig proxies;
    private final NginxBinary nginx;
    private final GatewayLaunch gateways;
    private final HostLimits limits;
    private final RandomGenerator random;
    private final boolean refuses;

    /**
     * @param proxies templates and profiles
     * @param nginx the nginx that runs the proxies
     * @param gateways how a gateway is started
     * @param limits of this machine
     * @param random chooses ports and the API key
     */
    public LocalTopology(
            ProxyConfig proxies, NginxBinary nginx, GatewayLaunch gateways, HostLimits limits, RandomGenerator random) {
        this(proxies, nginx, gateways, limits, random, true);
    }

    private LocalTopology(
            ProxyConfig proxies,
            NginxBinary nginx,
            GatewayLaunch gateways,
            HostLimits limits,
            RandomGenerator random,
            boolean refuses) {
        this.proxies = proxies;
        this.nginx = nginx;
        this.gateways = gateways;
        this.limits = limits;
        this.random = random;
        this.refuses = refuses;
    }

    /** The same, but proxies are started even when their settings cannot carry what is asked. */
    public LocalTopology forced() {
        return new LocalTopology(proxies, nginx, gateways, limits, random, false);
    }

    /**
     * Starts a chain.
     *
     * @param chain the hops
     * @param folder takes each hop's rendered configuration, logs and temporary files
     * @return the chain, every hop ready
     * @throws LabException when a hop does not start; what had started is gone then
     */
    public RunningChain start(Chain chain, Path folder) {
        for (int tries = 1; ; tries++) {
            try {
                return startOnce(chain, folder);
            } catch (PortTaken taken) {
                // Somebody took a port between choosing and listening: choose others.
                if (tries == TRIES) {
                    throw LabException.environment(taken.getMessage());
                }
            }
        }
    }

    private RunningChain startOnce(Chain chain, Path folder) {
        Load load = new Loads(proxies, limits).of(chain);
        Wires wires = Wires.of(load.wired(limits.ports(), new Descriptors(limits.descriptors(), false)));
        LocalChain running = new LocalChain(Long.toHexString(random.nextLong()), wires);
        try {
            FreePorts ports = new FreePorts(random, limits.ports().first());
            List<Integer> next = startGateways(chain, folder, ports, running);
            next = startProxies(Hop.INGRESS, chain, next, folder, ports, running);
            next = startProxies(Hop.EDGE, chain, next, folder, ports, running);
            running.enterAt(next.stream()
                    .map(port -> URI.create("ws://" + HOST + ":" + port + WEBSOCKET_PATH))
                    .toList());
            return running;
        } catch (RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    private List<Integer> startGateways(Chain chain, Path folder, FreePorts ports, LocalChain running) {
        Map<String, String> settings = settings(chain, "gateway");
        List<Integer> listening = new ArrayList<>();
        for (int i = 1; i <= chain.gateways(); i++) {
            String name = numbered("gateway", i);
            Path own = ownFolder(folder, name);
            List<Integer> listen = ports.take(running.wires().portsPerGateway());
            int api = ports.take(1).getFirst();
            Path ready = own.resolve("ready.json");
            List<String> flags =
                    new ArrayList<>(List.of("--insecure", "--host", HOST, "--ready-file", ready.toString()));
            flags.addAll(List.of("--port", range(listen), "--api-port", Integer.toString(api)));
            flags.addAll(admission(chain));
            Path log = own.resolve("gateway.log");
            SupervisedProcess process = SupervisedProcess.start(
                    name, gateways.command(settings, flags), Map.of(API_KEY, running.apiKey()), log);
            running.own(process);
            HopStart.awaitFile(process, ready);
            URI base = URI.create("http://" + HOST + ":" + api);
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
                    settings));
            listening.addAll(listen);
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

    private List<Integer> startProxies(
            Hop hop, Chain chain, List<Integer> upstreams, Path folder, FreePorts ports, LocalChain running) {
        int processes = hop == Hop.EDGE ? chain.edges() : chain.ingresses();
        if (processes == 0) {
            return upstreams;
        }
        NginxHop proxy = new NginxHop(proxies, nginx, limits, chain, hop, refuses);
        List<Integer> listening = new ArrayList<>();
        for (int i = 1; i <= processes; i++) {
            String name = numbered(hop.label(), i);
            Path own = ownFolder(folder, name);
            List<Integer> listen =
                    ports.take(hop == Hop.EDGE ? 1 : running.wires().portsPerIngress());
            int status = ports.take(1).getFirst();
            running.add(proxy.start(running, new NginxHop.Place(name, own, listen, upstreams, status)));
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

    static Path ownFolder(Path folder, String name) {
        try {
            Path own = folder.resolve(name).toAbsolutePath();
            // What an earlier try left would be read as this one's.
            Files.deleteIfExists(own.resolve("ready.json"));
            Files.deleteIfExists(own.resolve(NginxHop.PID_FILE));
            return Files.createDirectories(own);
        } catch (IOException e) {
            throw LabException.environment("the run's folder must be writable: folder=" + folder + "; " + e, e);
        }
    }
}
