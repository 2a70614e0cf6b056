package dev.weir.loadgen.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Confinement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run puts over {@code compose.yaml}: the settings of its scenario and the limits of its containers. A file that compose reads and that
 * stays beside the record.
 */
final class ComposeOverride {
    private static final YAMLMapper MAPPER = YAMLMapper.builder().build();

    /** So much that a proxy which a scenario does not limit is not limited by the bench's own file. */
    private static final long PROXY_BYTES = 1L << 30;

    private static final String INGRESS = "ingress";
    private static final List<String> PROXIES = List.of("edge", INGRESS);
    private static final Pattern INGRESS_PLACE = Pattern.compile("(--at=ingress=.*:)(\\d+)(?:-\\d+)?");
    private static final String GATEWAY = "gateway";

    private ComposeOverride() {}

    /**
     * The text of the file.
     *
     * @param chain what the run asks for
     * @param config what the files that it stands over say, with the command of the service {@code render}
     */
    static String text(Chain chain, JsonNode config) {
        Map<String, Object> services = new TreeMap<>();
        services.put("render", Map.of("command", renderCommand(chain, config)));
        for (String hop : PROXIES) {
            Map<String, Object> proxy = limits(chain.surroundings().of(hop), PROXY_BYTES);
            Map<String, String> sysctls = chain.surroundings().networkOf(hop).sysctls();
            if (!sysctls.isEmpty()) {
                proxy.put("sysctls", new TreeMap<>(sysctls));
            }
            services.put(hop, proxy);
        }
        Map<String, Object> gateway =
                new LinkedHashMap<>(limits(chain.surroundings().of(GATEWAY), 0));
        Map<String, String> settings = new TreeMap<>();
        ChainStarter.settings(chain, GATEWAY)
                .forEach((name, value) -> settings.put("WEIR_" + name.toUpperCase(Locale.ROOT), literal(value)));
        if (!settings.isEmpty()) {
            gateway.put("environment", settings);
        }
        if (!gateway.isEmpty()) {
            services.put(GATEWAY, gateway);
        }
        try {
            return "# What this run puts over compose.yaml.\n"
                    + MAPPER.writeValueAsString(Map.of("services", services)).replaceFirst("^---\n", "");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text can be written", e);
        }
    }

    /** As it stands in the files, which say where each hop is, and what the scenario sets. Compose's own words come with dollars doubled. */
    private static List<String> renderCommand(Chain chain, JsonNode config) {
        List<String> command = new ArrayList<>();
        int listening = chain.surroundings().networkOf(INGRESS).listening();
        config.path("services")
                .path("render")
                .path("command")
                .forEach(word -> command.add(listening > 0 ? accepting(listening, word.asText()) : word.asText()));
        new TreeMap<>(chain.settings()).forEach((key, value) -> {
            if (!key.startsWith(GATEWAY + ".")) {
                command.add("--set=" + key + "=" + literal(value));
            }
        });
        return command;
    }

    /** Where the ingress is, on so many ports from the first on; every other word as it is. */
    private static String accepting(int ports, String word) {
        Matcher place = INGRESS_PLACE.matcher(word);
        return place.matches()
                ? place.group(1) + place.group(2) + "-" + (Integer.parseInt(place.group(2)) + ports - 1)
                : word;
    }

    private static Map<String, Object> limits(Confinement limits, long memoryBytes) {
        Map<String, Object> all = new LinkedHashMap<>();
        long memory = limits.memoryBytes().orElse(memoryBytes);
        if (memory > 0) {
            all.put("mem_limit", memory);
            // Without swap, which would stand in for memory on a host that has some.
            all.put("memswap_limit", memory);
        }
        limits.openFiles()
                .ifPresent(files -> all.put("ulimits", Map.of("nofile", Map.of("soft", files, "hard", files))));
        return all;
    }

    /** Compose reads a dollar as the beginning of a variable. */
    private static String literal(String text) {
        return text.replace("$", "$$");
    }
}
