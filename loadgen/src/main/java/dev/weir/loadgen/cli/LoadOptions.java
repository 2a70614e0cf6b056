package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.ConnectPlan;
import dev.weir.loadgen.agent.LoadSettings;
import dev.weir.loadgen.agent.ReadOrder;
import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.client.TlsTrust;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.measure.Threshold;
import dev.weir.loadgen.pace.Stages;
import dev.weir.loadgen.units.AddressRange;
import dev.weir.loadgen.units.Thresholds;
import dev.weir.loadgen.units.Units;
import dev.weir.loadgen.wire.MeasuredMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be typed after {@code weir load}, and what it means. */
final class LoadOptions {
    private static final int IN_FLIGHT_MAX = 1_000;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "URL",
            description = "ws:// or wss:// URL; several are used in turn")
    private List<String> targets = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with the only certificates to believe at wss:// targets (default: the JDK's)")
    private @Nullable Path ca;

    @Option(names = "--insecure-tls", description = "believe any certificate at wss:// targets")
    private boolean isInsecureTls;

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            description = "how many, e.g. 15k (default: 1k, or the last stage's)")
    private @Nullable String connections;

    @Option(
            names = {"-R", "--rate"},
            paramLabel = "RATE",
            defaultValue = "1k/s",
            description = "connects a second (default: ${DEFAULT-VALUE})")
    private String rate = "1k/s";

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "held after the ramp (default: ${DEFAULT-VALUE})")
    private String duration = "10s";

    @Option(
            names = "--stage",
            paramLabel = "TIME:N",
            description = "reach N connections within TIME, e.g. 1m:50k; repeatable")
    private List<String> stages = List.of();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "centrifugo",
            description = "centrifugo, or raw: no commands, a frame is a delivery (default: ${DEFAULT-VALUE})")
    private ConnectPlan.Protocol protocol = ConnectPlan.Protocol.CENTRIFUGO;

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "1",
            description = "joined in turn (default: ${DEFAULT-VALUE})")
    private String rooms = "1";

    @Option(
            names = "--publish",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "messages a second over all rooms (default: ${DEFAULT-VALUE})")
    private String publish = "0";

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "128",
            description = "of each message (default: ${DEFAULT-VALUE})")
    private String payload = "128";

    @Option(
            names = "--publish-to",
            paramLabel = "BASE",
            description =
                    "publish by POST to BASE/api/publish; else by a connection to the target; repeatable for islands")
    private List<String> publishTo = List.of();

    @Option(names = "--api-key", paramLabel = "K", defaultValue = "", description = "for --publish-to")
    private String apiKey = "";

    @Option(
            names = "--stalled",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "share that stops reading, e.g. 0.1")
    private String stalled = "0";

    @Option(names = "--throttled", paramLabel = "SHARE:RATE", description = "share that reads slowly, e.g. 0.1:1k/s")
    private @Nullable String throttled;

    @Option(
            names = "--heartbeat",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "whether pings are answered (default: ${DEFAULT-VALUE})")
    private String heartbeat = "on";

    @Option(
            names = "--source-ip",
            paramLabel = "RANGE",
            description = "local addresses used in turn, e.g. 127.0.0.2-127.0.0.9")
    private @Nullable String sourceIp;

    @Option(
            names = "--reconnect",
            paramLabel = "HOW",
            defaultValue = "none",
            description = "none, immediate or backoff (default: ${DEFAULT-VALUE})")
    private ConnectPlan.Reconnect reconnect = ConnectPlan.Reconnect.NONE;

    @Option(
            names = "--threshold",
            paramLabel = "RULE",
            description = "'p(99)<500ms', 'connect p(99)<1s', 'lost<1'; repeatable; exit 99 when one fails")
    private List<String> thresholds = List.of();

    @Option(
            names = "--agents",
            paramLabel = "N|HOST:PORT,...",
            defaultValue = "0",
            description =
                    "child processes, 0 loads from this one; or where 'weir agent' listens (default: ${DEFAULT-VALUE})")
    private String agents = "0";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "of all randomness (default: ${DEFAULT-VALUE})")
    private long seed = 42;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME: VALUE",
            description = "further header of the upgrade request; repeatable")
    private List<String> headers = List.of();

    /** How to load. */
    LoadSettings settings(String nextHop) {
        List<Stages.Stage> parsed = parsedStages();
        int count = parsed.isEmpty()
                ? Units.smallCount("--connections", connections == null ? "1k" : connections)
                : (int) parsed.getLast().target();
        double publishPerSecond = Units.rate("--publish", publish);
        int roomCount = protocol == ConnectPlan.Protocol.RAW ? 0 : Units.smallCount("--rooms", rooms);
        ConnectPlan plan = new ConnectPlan(
                parsedTargets(),
                count,
                Units.rate("--rate", rate),
                IN_FLIGHT_MAX,
                protocol,
                roomCount,
                protocol == ConnectPlan.Protocol.CENTRIFUGO && roomCount == 0 && publishPerSecond > 0,
                isHeartbeat(),
                Duration.ofSeconds(10),
                sourceIp == null ? List.of() : AddressRange.addresses("--source-ip", sourceIp),
                ConnectPlan.Binding.AT_CONNECT,
                reconnect,
                parsedHeaders(),
                nextHop,
                seed,
                trust());
        check(publishPerSecond);
        return new LoadSettings(
                plan, parsed, Units.time("--duration", duration), readOrder(), publishPerSecond, payloadBytes());
    }

    private void check(double publishPerSecond) {
        if (protocol == ConnectPlan.Protocol.RAW && publishPerSecond > 0 && publishTo.isEmpty()) {
            throw LabException.usage("--publish must have --publish-to with --protocol raw: publish=" + publish);
        }
        if (!agents.contains(":") && !agents.matches("[0-9]{1,4}")) {
            throw LabException.usage(
                    "--agents must be a number of child processes, or HOST:PORT of each agent: agents=" + agents);
        }
    }

    private List<Stages.Stage> parsedStages() {
        if (!stages.isEmpty() && connections != null) {
            throw LabException.usage("--connections must not be given with --stage: connections=" + connections
                    + "; the last stage says how many");
        }
        List<Stages.Stage> parsed = new ArrayList<>();
        long before = 0;
        for (String stage : stages) {
            String[] parts = stage.split(":", -1);
            if (parts.length != 2) {
                throw LabException.usage("--stage must be a time and a count such as 1m:50k: stage=" + stage);
            }
            int target = Units.smallCount("--stage", parts[1]);
            if (target < before) {
                throw LabException.usage(
                        "--stage must not fall below the one before: stage=" + stage + " before=" + before);
            }
            parsed.add(new Stages.Stage(Units.time("--stage", parts[0]).toNanos(), target));
            before = target;
        }
        return parsed;
    }

    private List<URI> parsedTargets() {
        return targets.stream()
                .map(target ->
                        uri("--target", target, target.toLowerCase(Locale.ROOT).startsWith("wss:") ? "wss" : "ws"))
                .toList();
    }

    private TlsTrust trust() {
        if (ca != null && isInsecureTls) {
            throw LabException.usage("--ca must not be given with --insecure-tls: ca=" + ca);
        }
        if (ca != null && !Files.isReadable(ca)) {
            throw LabException.usage("--ca must be a readable PEM file: ca=" + ca);
        }
        return new TlsTrust(ca == null ? "" : ca.toAbsolutePath().toString(), isInsecureTls);
    }

    private static URI uri(String key, String text, String scheme) {
        try {
            URI uri = new URI(text);
            if (scheme.equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw LabException.usage(key + " must be a " + scheme + ":// URL: " + e.getMessage());
        }
        throw LabException.usage(
                key + " must be a " + scheme + ":// URL with a host: " + key.substring(2) + "=" + text);
    }

    private boolean isHeartbeat() {
        return switch (heartbeat) {
            case "on" -> true;
            case "off" -> false;
            default -> throw LabException.usage("--heartbeat must be on or off: heartbeat=" + heartbeat);
        };
    }

    private List<String> parsedHeaders() {
        for (String header : headers) {
            if (!header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\r\\n]*")) {
                throw LabException.usage("--header must have the form 'Name: value': header=" + header);
            }
        }
        return headers;
    }

    private ReadOrder readOrder() {
        double stalledShare = Units.share("--stalled", stalled);
        if (throttled == null) {
            return new ReadOrder(stalledShare, 0, 0);
        }
        String[] parts = throttled.split(":", -1);
        if (parts.length != 2) {
            throw LabException.usage("--throttled must be a share and a rate such as 0.1:1k/s: throttled=" + throttled);
        }
        double share = Units.share("--throttled", parts[0]);
        if (stalledShare + share > 1) {
            throw LabException.usage("--stalled and --throttled must add up to at most 1: stalled=" + stalled
                    + " throttled=" + throttled);
        }
        return new ReadOrder(stalledShare, share, Units.byteRate("--throttled", parts[1]));
    }

    private int payloadBytes() {
        long bytes = Units.size("--payload", payload);
        if (bytes < MeasuredMessage.BYTES_MIN || bytes > 1 << 24) {
            throw LabException.usage("--payload must be within " + MeasuredMessage.BYTES_MIN + " and 16m: payload="
                    + payload + "; a measured message carries its room, sequence and times");
        }
        return (int) bytes;
    }

    List<URI> publishBases() {
        return publishTo.stream().map(base -> uri("--publish-to", base, "http")).toList();
    }

    String apiKey() {
        return apiKey;
    }

    List<Threshold> thresholds() {
        return thresholds.stream()
                .map(text -> Thresholds.threshold("--threshold", text))
                .toList();
    }

    /** How many child processes; 0 where the agents are elsewhere. */
    int agents() {
        return agents.contains(":") ? 0 : Integer.parseInt(agents);
    }

    /** Where the agents listen; empty where they are this host's. */
    List<RemoteAgent.Address> agentsElsewhere() {
        return agents.contains(":") ? RemoteAgentOptions.addresses("--agents", agents) : List.of();
    }

    long seed() {
        return seed;
    }

    /** Settings as they were asked for, for the record. */
    Map<String, Object> requested(LoadSettings settings) {
        ConnectPlan plan = settings.plan();
        Map<String, Object> requested = new TreeMap<>();
        requested.put("targets", targets);
        requested.put("connections", plan.connections());
        requested.put("rateConnectionsPerSecond", plan.ratePerSecond());
        requested.put("holdMillis", settings.hold().toMillis());
        requested.put("rooms", plan.rooms());
        requested.put("publishPerSecond", settings.publishPerSecond());
        requested.put("payloadBytes", settings.payloadBytes());
        requested.put("stalledShare", settings.read().stalledShare());
        requested.put("throttledShare", settings.read().throttledShare());
        requested.put("heartbeat", plan.heartbeat());
        requested.put("sourceAddresses", plan.sourceAddresses().size());
        requested.put("agents", agents);
        return requested;
    }
}
