package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.proxy.ChainRequest;
import dev.weir.proxy.Places;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.ProxyKind;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.RenderedConfig;
import dev.weir.proxy.render.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the containers of a chain from {@code compose.yaml} are as hops: whose processes, where they listen, what they were asked to do and what
 * stands in the files that they read. The arguments of the service {@code render} say where each hop is and what it was rendered for.
 */
final class ComposeHops {
    static final int API_PORT = 9000;
    static final String RENDER = "render";
    static final String GATEWAY = "gateway";

    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final Path CHAIN = Path.of("/chain");
    private static final Pattern NGINX = Pattern.compile("nginx/([\\d.]+)");
    private static final String SETTING = "WEIR_";

    private final ProxyConfig proxies;
    private final HostLimits limits;
    private final Map<String, ComposeContainer> containers;

    /**
     * @param proxies templates and profiles
     * @param limits of this host
     * @param all the project's containers
     * @throws LabException of kind ENVIRONMENT when one is missing, does not run, or belongs to somebody whose processes cannot be read
     */
    ComposeHops(ProxyConfig proxies, HostLimits limits, List<ComposeContainer> all) {
        this.proxies = proxies;
        this.limits = limits;
        Map<String, ComposeContainer> byService = new HashMap<>();
        all.forEach(container -> byService.put(container.service(), container));
        this.containers = Map.copyOf(byService);
        for (String service : List.of("edge", "ingress", GATEWAY)) {
            refuseUnlessReadable(container(service));
        }
    }

    /** The container of a service. */
    ComposeContainer container(String service) {
        return Optional.ofNullable(containers.get(service))
                .orElseThrow(
                        () -> LabException.environment("the project must be a chain of compose/compose.yaml: missing="
                                + service + "; see 'docker compose ls'"));
    }

    private static void refuseUnlessReadable(ComposeContainer container) {
        if (container.pid() <= 0) {
            throw LabException.environment("every hop must run: " + container.service() + "=" + container.status()
                    + "; see 'docker compose ps'");
        }
        if (!Files.isReadable(Path.of("/proc/" + container.pid() + "/fd"))) {
            throw LabException.environment("processes in containers must be readable: " + container.service() + "=pid:"
                    + container.pid() + "; run as root, on the host that the engine runs on");
        }
    }

    /** Where the hops are, by the arguments of {@link #RENDER}. */
    private Places places() {
        return Places.parse(container(RENDER).values("--at"));
    }

    /** The gateway's server API. */
    URI api() {
        return URI.create("http://" + container(GATEWAY).address() + ":" + API_PORT);
    }

    /** The key of the gateway's server API. */
    String apiKey() {
        ComposeContainer gateway = container(GATEWAY);
        return gateway.argument("--api-key").orElse(gateway.environment().getOrDefault("WEIR_API_KEY", ""));
    }

    /** What the edge accepts TLS with, by the argument of {@link #RENDER}; where the edge's container has it. */
    private Optional<Path> tls() {
        return container(RENDER).values("--tls").stream().findFirst().map(Path::of);
    }

    /** The edge's certificate as this host finds it, the only one to believe; empty without TLS. */
    Optional<Path> certificate() {
        return tls().map(pem -> seenFromHere(container("edge"), pem));
    }

    /** Where clients connect. */
    URI target() {
        return URI.create((tls().isPresent() ? "wss://" : "ws://")
                + container("edge").address() + ":" + places().edge().getFirst().port() + "/connection/websocket");
    }

    /**
     * The hops, from the agents' side.
     *
     * @param chain what the run asks for
     * @param folder of the run; each hop has one of its own in it, with its log
     */
    List<RunningHop> hops(Chain chain, Path folder) {
        List<RunningHop> hops = new ArrayList<>();
        ChainRequest rendered = rendered();
        for (RenderRequest request : rendered.hops()) {
            hops.add(proxy(request, rendered.file(request.hop()), chain, folder));
        }
        hops.add(gateway(chain, folder));
        return hops;
    }

    private ChainRequest rendered() {
        ComposeContainer render = container(RENDER);
        int connections = render.values("--connections").stream()
                .findFirst()
                .map(text -> dev.weir.loadgen.units.Units.smallCount("--connections", text))
                .orElse(1);
        String profile = render.values("--profile").stream().findFirst().orElse("tuned");
        return new ChainRequest(
                new Tuning(profile, Overrides.parse(render.values("--set"))),
                new Demand(connections, limitsOf(render)),
                CHAIN,
                Optional.of(places()),
                tls().map(TlsFiles::of));
    }

    /** What the program that rendered was allowed; derived values follow from that. */
    private HostLimits limitsOf(ComposeContainer render) {
        String[] range = render.sysctls().getOrDefault(RANGE, "").split("\\s+", -1);
        PortRange ports = range.length == 2
                ? new PortRange(Integer.parseInt(range[0]), Integer.parseInt(range[1]))
                : PortRange.LINUX_DEFAULT;
        int files = render.openFiles() > 0 ? Math.toIntExact(render.openFiles()) : limits.descriptors();
        return new HostLimits(files, ports, limits.cores());
    }

    private RunningHop proxy(RenderRequest request, Path file, Chain chain, Path folder) {
        String name = request.hop().label();
        ComposeContainer container = container(name);
        Path own = folder.resolve(name);
        RenderedConfig asked = proxies.render(request);
        String text = configuration(container, file);
        boolean haproxy = request.kind() == ProxyKind.HAPROXY;
        ChainStarter.write(own.resolve(haproxy ? HaproxyProgram.CONFIGURATION : NginxProgram.CONFIGURATION), text);
        Map<String, String> requested = new HashMap<>();
        asked.resolved().values().forEach((key, value) -> requested.put(key, value.text()));
        // Of a chain that somebody else set up, too: what the scenario wants and what is there differ then, and the
        // record shows it.
        requested.putAll(ChainStarter.settings(chain, name));
        return new RunningHop(
                name,
                request.kind().label(),
                version(own.resolve(ContainerWatch.LOG)),
                container.pid(),
                ports(request.wiring().listen()),
                ports(request.wiring().upstreams()),
                own.resolve(ContainerWatch.LOG),
                Optional.of(URI.create("http://" + container.address() + ":"
                        + request.wiring().status().port()
                        + (haproxy ? HaproxyProgram.STATUS_PAGE : NginxProgram.STATUS_PAGE))),
                Optional.empty(),
                ProxyHop.digest(text),
                requested,
                asked.running(text).effective(),
                Optional.of(own.resolve(ContainerWatch.EVENTS)));
    }

    private RunningHop gateway(Chain chain, Path folder) {
        ComposeContainer container = container(GATEWAY);
        Path own = folder.resolve(GATEWAY);
        Map<String, String> effective = new TreeMap<>();
        container.environment().forEach((name, value) -> {
            if (name.startsWith(SETTING) && !name.equals("WEIR_API_KEY")) {
                effective.put(name.substring(SETTING.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        Map<String, String> requested = new TreeMap<>(effective);
        requested.putAll(ChainStarter.settings(chain, GATEWAY));
        return new RunningHop(
                GATEWAY,
                GATEWAY,
                "",
                container.pid(),
                ports(places().gateway()),
                List.of(),
                own.resolve(ContainerWatch.LOG),
                Optional.empty(),
                Optional.of(api().resolve("/metrics")),
                "",
                requested,
                effective,
                Optional.of(own.resolve(ContainerWatch.EVENTS)));
    }

    private static List<Integer> ports(List<HostPort> places) {
        return places.stream().map(HostPort::port).distinct().toList();
    }

    /** Where this host finds a file of a container. */
    private static Path seenFromHere(ComposeContainer container, Path file) {
        return Path.of("/proc/" + container.pid() + "/root" + file);
    }

    /** As the process in the container reads it. */
    private static String configuration(ComposeContainer container, Path file) {
        Path path = seenFromHere(container, file);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw LabException.environment(
                    "the configuration in a container must be readable: " + container.service() + "=" + path + "; " + e,
                    e);
        }
    }

    /** From nginx's own first words; empty when they are not there. */
    private static String version(Path log) {
        try {
            Matcher named = NGINX.matcher(Files.readString(log));
            return named.find() ? named.group(1) : "";
        } catch (IOException unread) {
            return "";
        }
    }
}
