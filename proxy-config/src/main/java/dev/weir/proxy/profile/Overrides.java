package dev.weir.proxy.profile;

import dev.weir.proxy.error.Nearest;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.error.ProxyConfigException.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values given on the command line, which go before those of a profile.
 *
 * @param values values by hop and setting, all legal
 */
public record Overrides(Map<Hop, Map<String, String>> values) {

    private static final String WHERE = " (--set)";

    /** Copies the values. */
    public Overrides {
        values = Map.copyOf(values);
    }

    /** No overrides. */
    public static Overrides none() {
        return new Overrides(Map.of());
    }

    /**
     * Reads overrides whose keys carry a hop, as {@code edge.proxy_buffer_size}.
     *
     * @param byKey values by key
     * @throws ProxyConfigException of kind USAGE with every problem found
     */
    public static Overrides of(Map<String, String> byKey) {
        var problems = new ArrayList<String>();
        var values = new EnumMap<Hop, Map<String, String>>(Hop.class);
        byKey.forEach((key, value) -> {
            var dot = key.indexOf('.');
            var label = dot < 0 ? "" : key.substring(0, dot);
            if (!Hop.labels().contains(label)) {
                problems.add(hopProblem(key, dot));
                return;
            }
            var name = key.substring(dot + 1);
            SettingRules.problem(key, name, value, WHERE).ifPresentOrElse(problems::add, () -> values.computeIfAbsent(
                            Hop.named(label), hop -> new LinkedHashMap<>())
                    .put(name, value));
        });
        if (!problems.isEmpty()) {
            throw new ProxyConfigException(Kind.USAGE, problems);
        }
        return new Overrides(values);
    }

    /**
     * Reads overrides as typed, {@code edge.proxy_buffer_size=64k}; the last of the same key wins.
     *
     * @throws ProxyConfigException of kind USAGE with every problem found
     */
    public static Overrides parse(List<String> assignments) {
        var byKey = new LinkedHashMap<String, String>();
        for (var assignment : assignments) {
            var equals = assignment.indexOf('=');
            if (equals < 1) {
                throw ProxyConfigException.usage("--set must be <hop>.<setting>=<value>: set=" + assignment
                        + "; e.g. edge.proxy_buffer_size=64k");
            }
            byKey.put(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }
        return of(byKey);
    }

    /** The values for one hop, possibly none. */
    public Map<String, String> valuesOf(Hop hop) {
        return values.getOrDefault(hop, Map.of());
    }

    private static String hopProblem(String key, int dot) {
        return dot < 0
                ? "--set key must begin with a hop: key=" + key + WHERE + "; write edge." + key + " or ingress." + key
                : "--set key must begin with a known hop: key=" + key + WHERE
                        + Nearest.remedy(key.substring(0, dot), Hop.labels());
    }
}
