package dev.weir.loadgen.topology;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Step;
import dev.weir.loadgen.scenario.Surroundings;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The chain of {@code compose/compose.yaml} in containers of this host's engine: a project of the run's own, removed afterwards, or one that the
 * user brought up himself, which is only looked at. The agents are processes of this host and reach the edge by its own address.
 */
public final class ComposeTopology implements Topology {
    private static final Duration UP_MAX = Duration.ofMinutes(2);
    private static final Duration BUILD_MAX = Duration.ofMinutes(20);
    private static final int TRIES = 3;
    private static final int ID_DIGITS = 6;
    private static final List<String> TAKEN =
            List.of("port is already allocated", "address already in use", "Pool overlaps with other one");

    private static final List<String> HOPS = List.of("edge", "ingress", ComposeHops.GATEWAY);

    private final ProxyConfig proxies;
    private final Path home;
    private final HostLimits limits;
    private final RandomGenerator random;
    private final Consumer<String> says;
    private final Optional<String> attached;

    /**
     * @param proxies templates and profiles
     * @param home folder of Weir, with {@code compose/} and {@code proxy-config/}
     * @param limits of this host
     * @param random chooses names, ports, addresses and the API key
     * @param says what takes long, in a line
     */
    public ComposeTopology(
            ProxyConfig proxies, Path home, HostLimits limits, RandomGenerator random, Consumer<String> says) {
        this(proxies, home, limits, random, says, Optional.empty());
    }

    private ComposeTopology(
            ProxyConfig proxies,
            Path home,
            HostLimits limits,
            RandomGenerator random,
            Consumer<String> says,
            Optional<String> attached) {
        this.proxies = proxies;
        this.home = home;
        this.limits = limits;
        this.random = random;
        this.says = says;
        this.attached = attached;
    }

    /** The chain of a project that is up, read-only. */
    public ComposeTopology attachedTo(String project) {
        return new ComposeTopology(proxies, home, limits, random, says, Optional.of(project));
    }

    @Override
    public String name() {
        return "compose";
    }

    @Override
    public String says() {
        return attached.map(project -> "topology compose: the containers of project " + project + ", only looked at")
                .orElse("topology compose: containers of a project of their own, removed afterwards");
    }

    @Override
    public Optional<String> lacks(Plan plan) {
        if (!plan.hostChanges().isEmpty()) {
            return Optional.of("it changes settings of the whole host: " + String.join(", ", plan.hostChanges()));
        }
        if (plan.soak().isPresent()) {
            return Optional.of("it collects the gateway's garbage with jcmd, which its image has not");
        }
        if (plan.storm().isPresent()) {
            return Optional.of("it compares loopback, bridge and router, each of which it makes itself");
        }
        if (attached.isPresent() && plan.steps().stream().anyMatch(Step.Reload.class::isInstance)) {
            return Optional.of("it reloads a proxy, and with --attach a chain is only looked at");
        }
        return lacks(plan.chain());
    }

    private Optional<String> lacks(Chain chain) {
        Surroundings around = chain.surroundings();
        if (chain.edges() != 1 || chain.ingresses() != 1 || chain.gateways() != 1) {
            return Optional.of("compose.yaml has one edge, one ingress and one gateway");
        }
        if (around.network() instanceof Network.Namespaces namespaces) {
            Optional<String> network = lacks(namespaces);
            if (network.isPresent()) {
                return network;
            }
        }
        if (HOPS.stream()
                .map(around::of)
                .anyMatch(limit -> limit.millicores().isPresent()
                        || limit.addressSpaceBytes().isPresent()
                        || limit.heapBytes().isPresent())) {
            return Optional.of("it limits processor time, address space or heap of a hop");
        }
        if (chain.settings().containsKey("edge.kind") || chain.settings().containsKey("ingress.kind")) {
            return Optional.of("compose.yaml has nginx at both proxies");
        }
        if ("on".equals(chain.settings().get("edge.tls"))) {
            return Optional.of("compose.yaml has no TLS");
        }
        return chain.connections() > limits.ports().count()
                ? Optional.of(
                        "the agents have one address and " + limits.ports().count() + " source ports")
                : Optional.empty();
    }

    /** A container has settings of its network namespace, and the ingress as many ports as it is told; that is all that can differ. */
    private static Optional<String> lacks(Network.Namespaces wanted) {
        if (wanted.nat().isPresent() || wanted.hops().values().stream().anyMatch(ComposeTopology::hasRules)) {
            return Optional.of("it needs packet rules of its own, which only netns makes");
        }
        if (!wanted.of("agents").equals(HopNetwork.PLAIN)) {
            return Optional.of("the agents, processes of this host, have its source ports and its address");
        }
        if (wanted.hops().values().stream().anyMatch(hop -> hop.addresses() > 1)) {
            return Optional.of("a container has one address");
        }
        return HOPS.stream()
                        .anyMatch(
                                hop -> !hop.equals("ingress") && wanted.of(hop).listening() > 0)
                ? Optional.of("edge and gateway have the ports that compose.yaml gives them")
                : Optional.empty();
    }

    private static boolean hasRules(HopNetwork hop) {
        return hop.lossShare() > 0
                || hop.tracking() != HopNetwork.Tracking.NONE
                || hop.masquerade().isPresent();
    }

    @Override
    public void check(Chain chain) {
        lacks(chain).ifPresent(why -> {
            throw LabException.environment(
                    "the chain must be one that topology compose offers: " + why + "; leave out --topology");
        });
        try (ContainerEngine _ = ContainerEngine.ofThisHost()) {
            if (attached.isEmpty()) {
                ComposeCall.check();
            }
        }
    }

    @Override
    public RunningChain start(Chain chain, Path folder) {
        ContainerEngine engine = ContainerEngine.ofThisHost();
        try {
            return attached.map(project -> attach(engine, project, chain, folder))
                    .orElseGet(() -> startOwn(engine, chain, folder));
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    private RunningChain attach(ContainerEngine engine, String project, Chain chain, Path folder) {
        List<ComposeContainer> containers = engine.containers(project);
        if (containers.isEmpty()) {
            throw LabException.environment("the project must be up: attach=" + project
                    + "; see 'docker compose ls', or run 'docker compose up -d --wait' in compose/");
        }
        String id = id();
        Ledger ledger = new Ledger(Ledger.FOLDER, id);
        return watched(engine, ledger, new Confiner(chain.surroundings(), ledger, id), project, chain, folder, false);
    }

    private RunningChain startOwn(ContainerEngine engine, Chain chain, Path folder) {
        for (int tries = 1; ; tries++) {
            String id = id();
            Ledger ledger = new Ledger(Ledger.FOLDER, id);
            try {
                up(engine, ledger, id, chain, folder);
                return watched(engine, ledger, new Confiner(chain.surroundings(), ledger, id), id, chain, folder, true);
            } catch (PortTaken taken) {
                ledger.close();
                if (tries == TRIES) {
                    throw LabException.environment(taken.getMessage());
                }
            } catch (RuntimeException | Error e) {
                ledger.close();
                throw e;
            }
        }
    }

    private String id() {
        return "weir-" + HexFormat.of().toHexDigits(random.nextInt(), ID_DIGITS);
    }

    private void up(ContainerEngine engine, Ledger ledger, String id, Chain chain, Path folder) {
        Path own = ChainStarter.ownFolder(folder, "compose");
        ComposeCall compose = new ComposeCall(home.resolve("compose"), id, environment(engine, chain));
        JsonNode config = compose.config();
        Path over = own.resolve("override.yaml");
        ChainStarter.write(over, ComposeOverride.text(chain, config));
        ledger.record(new Trace.Project(id, engine.host()));
        ComposeImages images = new ComposeImages(engine, config, home);
        if (!images.areThere()) {
            says.accept("building the images of gateway and loadgen, once: minutes");
            compose.run(over, List.of("build"), own.resolve("build.log"), BUILD_MAX)
                    .ifPresent(words -> {
                        throw LabException.environment("images must build: " + words + "\nweir: the whole output is in "
                                + own.resolve("build.log") + "; where no registry is reachable, see compose/images.sh");
                    });
        }
        images.olderThanSources().ifPresent(says);
        compose.run(over, List.of("up", "--detach", "--wait", "--no-build"), own.resolve("up.log"), UP_MAX)
                .ifPresent(words -> {
                    throw refused(engine, id, words);
                });
    }

    private Map<String, String> environment(ContainerEngine engine, Chain chain) {
        Subnet subnet = subnet();
        Map<String, String> own = new HashMap<>();
        own.put("DOCKER_HOST", engine.host().toString());
        own.put(
                "WEIR_PORT",
                Integer.toString(
                        new FreePorts(random, limits.ports().first()).take(1).getFirst()));
        own.put("WEIR_SUBNET", subnet.joining(0, 0) + "/24");
        own.put("WEIR_GATE", subnet.joining(0, 1));
        own.put("WEIR_ADDRESSES", subnet.joining(0, 128) + "/25");
        own.put("WEIR_EDGE_ADDRESS", subnet.joining(0, 2));
        own.put("WEIR_INGRESS_ADDRESS", subnet.joining(0, 3));
        own.put("WEIR_PROFILE", chain.profile());
        own.put("WEIR_CONNECTIONS", Integer.toString(chain.connections()));
        own.put("WEIR_API_KEY", Long.toHexString(random.nextLong()));
        own.put("WEIR_PROXY_CONFIG", home.resolve("proxy-config").toString());
        return own;
    }

    private Subnet subnet() {
        try {
            return Subnet.ofThisHost(random);
        } catch (IOException e) {
            throw LabException.environment(
                    "ip must say what addresses are used: " + e.getMessage() + "; apt-get install iproute2", e);
        }
    }

    /** Whose fault it is that the project did not come up: a template's, somebody's who has the port, or a container's with its last words. */
    private static RuntimeException refused(ContainerEngine engine, String id, String words) {
        if (TAKEN.stream().anyMatch(words::contains)) {
            return new PortTaken("the chain could not have its port or its network: " + words);
        }
        List<ComposeContainer> failed =
                engine.containers(id).stream().filter(ComposeContainer::failed).toList();
        for (ComposeContainer container : failed) {
            String last = engine.lastWords(container.id());
            if (container.service().equals(ComposeHops.RENDER)) {
                return LabException.config(last);
            }
            return LabException.environment("%s must become healthy: status=%s exitCode=%d; its last words: %s"
                    .formatted(container.service(), container.status(), container.exitCode(), last));
        }
        return LabException.environment("the chain must come up: " + words
                + (words.contains("Pulling") ? "; where no registry is reachable, see compose/images.sh" : ""));
    }

    private RunningChain watched(
            ContainerEngine engine,
            Ledger ledger,
            Confiner confiner,
            String project,
            Chain chain,
            Path folder,
            boolean ours) {
        ContainerWatch watch = new ContainerWatch(engine, project);
        try {
            ComposeHops containers = new ComposeHops(proxies, limits, engine.containers(project));
            HOPS.forEach(hop -> watch.collect(containers.container(hop), ChainStarter.ownFolder(folder, hop), ours));
            List<RunningHop> running = containers.hops(chain, folder.toAbsolutePath());
            return new ComposeChain(engine, watch, containers, running, confiner, ledger, ours);
        } catch (RuntimeException | Error e) {
            watch.close();
            throw e;
        }
    }
}
