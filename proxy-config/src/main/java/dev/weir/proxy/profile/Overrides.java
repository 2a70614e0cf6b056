package dev.weir.proxy.profile;

import dev.weir.proxy.error.Nearest;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.error.ProxyConfigException.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values given on the command line, which go before those of a profile.
 *
 * @param values values by hop and setting, all legal; for a HAProxy under its own names
 * @param kinds the program at a hop, where it is not nginx
 */
public record Overrides(Map<Hop, Map<String, String>> values, Map<Hop, ProxyKind> kinds) {

    /** The pseudo-setting {@code edge.tls=on}: whoever wires the hop gives it a certificate. */
    public static final String TLS = "tls";

    private static final String WHERE = " (--set)";

    /** Copies the values. */
    public Overrides {
        values = Map.copyOf(values);
        kinds = Map.copyOf(kinds);
    }

    /** No overrides. */
    public static Overrides none() {
        return new Overrides(Map.of(), Map.of());
    }

    /**
     * Reads overrides whose keys carry a hop, as {@code edge.proxy_buffer_size}.
     *
     * @param byKey values by key; {@code edge.kind} chooses the program
     * @throws ProxyConfigException of kind USAGE with every problem found
     */
    public static Overrides of(Map<String, String> byKey) {
        return new Reader().read(byKey, false);
    }

    /**
     * Reads overrides that were written for nginx: at a HAProxy, those that mean nothing there are left out.
     *
     * @param byKey values by key; {@code edge.kind} chooses the program
     * @throws ProxyConfigException of kind USAGE with every problem found
     */
    public static Overrides translated(Map<String, String> byKey) {
        return new Reader().read(byKey, true);
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

    /** The program at a hop. */
    public ProxyKind kindOf(Hop hop) {
        return kinds.getOrDefault(hop, ProxyKind.NGINX);
    }

    /** Reads one map, and collects what is wrong with it. */
    private static final class Reader {
        private final List<String> problems = new ArrayList<>();
        private final Map<Hop, Map<String, String>> values = new EnumMap<>(Hop.class);
        private final Map<Hop, ProxyKind> kinds = new EnumMap<>(Hop.class);

        Overrides read(Map<String, String> byKey, boolean forNginx) {
            for (var hop : Hop.values()) {
                Optional.ofNullable(byKey.get(hop.label() + "." + ProxyKind.KEY))
                        .ifPresent(kind -> kind(hop, kind));
            }
            byKey.forEach((key, value) -> {
                var dot = key.indexOf('.');
                var label = dot < 0 ? "" : key.substring(0, dot);
                if (!Hop.labels().contains(label)) {
                    problems.add(hopProblem(key, dot));
                } else if (key.equals(Hop.EDGE.label() + "." + TLS)) {
                    onOrOff(key, value);
                } else if (!key.substring(dot + 1).equals(ProxyKind.KEY)) {
                    value(Hop.named(label), key.substring(dot + 1), value, forNginx);
                }
            });
            if (!problems.isEmpty()) {
                throw new ProxyConfigException(Kind.USAGE, problems);
            }
            return new Overrides(values, kinds);
        }

        private void kind(Hop hop, String label) {
            var kind = ProxyKind.named(label).filter(hop.kinds()::contains);
            if (kind.isEmpty()) {
                var names = hop.kinds().stream().map(ProxyKind::label).toList();
                problems.add(hop.label() + ".kind must be " + String.join(" or ", names) + ": kind=" + label + WHERE);
            }
            kind.ifPresent(known -> kinds.put(hop, known));
        }

        private void onOrOff(String key, String value) {
            if (!value.equals("on") && !value.equals("off")) {
                problems.add(key + " must be on or off: tls=" + value + WHERE);
            }
        }

        private void value(Hop hop, String name, String value, boolean forNginx) {
            var kind = kinds.getOrDefault(hop, ProxyKind.NGINX);
            if (kind == ProxyKind.HAPROXY && forNginx && onlyOfNginx(name)) {
                return;
            }
            var problem = SettingRules.problem(kind, hop.label() + "." + name, name, value, WHERE);
            problem.ifPresent(problems::add);
            if (problem.isEmpty()) {
                put(hop, kind, name, value);
            }
        }

        private static boolean onlyOfNginx(String name) {
            return HaproxySettings.meantBy(name).isEmpty()
                    && Settings.named(name).isPresent();
        }

        /** A name of HAProxy's own goes before nginx's for the same. */
        private void put(Hop hop, ProxyKind kind, String name, String value) {
            var ofHop = values.computeIfAbsent(hop, each -> new LinkedHashMap<>());
            if (kind == ProxyKind.NGINX || HaproxySettings.names().contains(name)) {
                ofHop.put(name, value);
            } else {
                HaproxySettings.twin(name).ifPresent(twin -> ofHop.putIfAbsent(twin.name(), value));
            }
        }

        private static String hopProblem(String key, int dot) {
            return dot < 0
                    ? "--set key must begin with a hop: key=" + key + WHERE + "; write edge." + key + " or ingress."
                            + key
                    : "--set key must begin with a known hop: key=" + key + WHERE
                            + Nearest.remedy(key.substring(0, dot), Hop.labels());
        }
    }
}
