package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.units.Units;
import dev.weir.proxy.profile.Overrides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that bring a chain up. */
final class ChainOptions {
    private static final List<String> PREFIXES = List.of("edge.", "ingress.", "gateway.");
    private static final int PROCESSES_MAX = 64;

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            description = "connections, e.g. 15k; the chain is sized for them")
    private @Nullable String connections;

    @Option(
            names = "--tls",
            description = "TLS at the edge, with a certificate made on the spot that the agents trust and no other")
    private boolean tls;

    @Option(
            names = "--hops",
            paramLabel = "HOPS",
            defaultValue = "edge,ingress",
            description = "proxies in front of the gateway: none, edge, or edge,ingress (default: ${DEFAULT-VALUE})")
    private String hops = "edge,ingress";

    @Option(names = "--edges", paramLabel = "N", defaultValue = "1", description = "edge proxies (default: 1)")
    private int edges = 1;

    @Option(names = "--ingresses", paramLabel = "N", defaultValue = "1", description = "ingress proxies (default: 1)")
    private int ingresses = 1;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            defaultValue = "1",
            description = "gateway processes (default: 1); more are islands, and each is sent every message")
    private int gateways = 1;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "proxy profile in place of the scenario's own; 'weir proxy list' shows them")
    private @Nullable String profile;

    @Option(
            names = "--set",
            paramLabel = "HOP.SETTING=VALUE",
            description = "a setting over all else, e.g. edge.proxy_buffer_size=64k or gateway.ping_interval=10s")
    private List<String> settings = List.of();

    /** What these options ask for. */
    Wish wish(boolean realTime, Optional<Duration> hold) {
        List<String> wanted = List.of(hops.split(",", -1));
        boolean edge = wanted.contains("edge");
        boolean ingress = wanted.contains("ingress");
        if (!List.of("none", "edge", "ingress", "edge,ingress").contains(hops)) {
            throw LabException.usage("--hops must be none, edge, ingress or edge,ingress: hops=" + hops);
        }
        return new Wish(
                connections == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(Units.smallCount("--connections", connections)),
                realTime,
                hold,
                edge ? processes("--edges", edges) : 0,
                ingress ? processes("--ingresses", ingresses) : 0,
                processes("--gateways", gateways),
                Optional.ofNullable(profile),
                settings());
    }

    private static int processes(String key, int count) {
        if (count < 1 || count > PROCESSES_MAX) {
            throw LabException.usage(key + " must be 1 to " + PROCESSES_MAX + ": " + key.substring(2) + "=" + count);
        }
        return count;
    }

    /** Before anything starts, and of a HAProxy what only nginx has: a scenario's own settings are translated, a user's are meant. */
    private static void refuseUnknown(Map<String, String> settings) {
        Map<String, String> ofProxies = new TreeMap<>(settings);
        ofProxies.keySet().removeIf(key -> key.startsWith("gateway."));
        Overrides.of(ofProxies);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = typed();
        if (tls) {
            settings.put("edge." + Overrides.TLS, "on");
        }
        return settings;
    }

    private Map<String, String> typed() {
        List<String> problems = new ArrayList<>();
        Map<String, String> parsed = new TreeMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1 || PREFIXES.stream().noneMatch(setting::startsWith)) {
                problems.add("--set must be <hop>.<setting>=<value> with the hop edge, ingress or gateway: set="
                        + setting + "; e.g. edge.proxy_buffer_size=64k");
            } else {
                parsed.put(
                        setting.substring(0, equals).strip(),
                        setting.substring(equals + 1).strip());
            }
        }
        if (!problems.isEmpty()) {
            throw LabException.usage(String.join("\nweir: ", problems));
        }
        refuseUnknown(parsed);
        return parsed;
    }
}
