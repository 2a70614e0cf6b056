package dev.weir.proxy;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One golden file: what is asked for, a line of dashes, and what comes out.
 *
 * <p>Input lines are {@code key: value} with the keys hop, profile, set (repeatable), connections, descriptors, cores, upstreams;
 * {@code edit: FILE | OLD | NEW} changes a file first (an empty OLD appends); {@code === FILE} begins the content of a whole file.
 */
record GoldenCase(String input, Map<String, List<String>> keys, Map<String, String> files) {

    static final String SEPARATOR = "----------\n";

    static GoldenCase parse(String input) {
        var keys = new LinkedHashMap<String, List<String>>();
        var files = new LinkedHashMap<String, String>();
        var file = "";
        for (var line : input.lines().toList()) {
            if (line.startsWith("=== ")) {
                file = line.substring(4);
                files.put(file, "");
            } else if (!file.isEmpty()) {
                files.merge(file, line + "\n", String::concat);
            } else if (!line.isBlank()) {
                var colon = line.indexOf(':');
                keys.computeIfAbsent(line.substring(0, colon), key -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return new GoldenCase(input, keys, files);
    }

    private String one(String key, String fallback) {
        return keys.getOrDefault(key, List.of(fallback)).getFirst();
    }

    private int number(String key, int fallback) {
        return Integer.parseInt(one(key, Integer.toString(fallback)));
    }

    /** The folder to read from: the shipped one, or a changed copy of it. */
    Path folder(Path shipped, Path scratch) throws IOException {
        var edits = keys.getOrDefault("edit", List.of());
        if (edits.isEmpty() && files.isEmpty()) {
            return shipped;
        }
        for (var part : List.of("templates", "profiles")) {
            Files.createDirectories(scratch.resolve(part));
            try (var list = Files.list(shipped.resolve(part))) {
                for (var source : list.toList()) {
                    Files.copy(source, scratch.resolve(part).resolve(source.getFileName()));
                }
            }
        }
        for (var file : files.entrySet()) {
            Files.writeString(scratch.resolve(file.getKey()), file.getValue());
        }
        for (var edit : edits) {
            var parts = edit.split(" \\| ?", 3);
            var target = scratch.resolve(parts[0]);
            var text = Files.readString(target);
            if (!text.contains(parts[1])) {
                throw new AssertionError("edit must find its text: " + edit);
            }
            Files.writeString(target, parts[1].isEmpty() ? text + parts[2] : text.replace(parts[1], parts[2]));
        }
        return scratch;
    }

    RenderRequest request(Path runDir) {
        var hop = Hop.named(one("hop", "edge"));
        var tuning = new Tuning(one("profile", "stock"), Overrides.parse(keys.getOrDefault("set", List.of())));
        var limits = new HostLimits(number("descriptors", 20_000), PortRange.LINUX_DEFAULT, number("cores", 2));
        return new RenderRequest(hop, tuning, wiring(runDir), new Demand(number("connections", 5_000), limits));
    }

    private Wiring wiring(Path runDir) {
        return new Wiring(
                addresses(one("listen", "127.0.0.1:18080")),
                addresses(one("upstreams", "127.0.0.1:18180 127.0.0.1:18181")),
                new HostPort("127.0.0.1", 18_090),
                runDir);
    }

    private static List<HostPort> addresses(String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(each -> {
                    var colon = each.lastIndexOf(':');
                    return new HostPort(each.substring(0, colon), Integer.parseInt(each.substring(colon + 1)));
                })
                .toList();
    }
}
