package dev.weir.proxy.render;

import dev.weir.proxy.profile.BufferSet;
import dev.weir.proxy.profile.Place;
import dev.weir.proxy.profile.Setting;
import dev.weir.proxy.profile.Settings;
import dev.weir.proxy.profile.Units;
import dev.weir.proxy.syntax.Directive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads back what a configuration says, setting by setting.
 *
 * <p>nginx lets the innermost block win: a value is looked up in the location that passes to the next hop, then in its server,
 * then in {@code http}, then at the top.
 */
final class EffectiveValues {

    private static final Map<String, String> ABSENT = Map.of(
            "error_log_level", "error",
            "worker_processes", "1",
            "worker_connections", "512",
            "worker_rlimit_nofile", Setting.NONE,
            "proxy_buffers", "8 4k");

    private final List<Directive> path;
    private final List<Directive> all;

    private EffectiveValues(List<Directive> path, List<Directive> all) {
        this.path = path;
        this.all = all;
    }

    static Map<String, String> of(List<Directive> top) {
        var root = new Directive("main", List.of(), 1, Optional.of(top));
        var path = pathToProxyPass(root).orElse(List.of(root));
        var values = new EffectiveValues(path, flatten(root).toList());
        var found = new LinkedHashMap<String, String>();
        for (var setting : Settings.all()) {
            found.put(setting.name(), values.value(setting.place()).orElseGet(() -> absent(setting, found)));
        }
        return found;
    }

    /** Addresses of the next hop as they stand in the upstream block. */
    static List<String> servers(List<Directive> top) {
        return top.stream()
                .flatMap(EffectiveValues::flatten)
                .filter(each -> each.name().equals("upstream"))
                .flatMap(each -> each.children().stream())
                .filter(each ->
                        each.name().equals("server") && !each.arguments().isEmpty())
                .map(each -> each.arguments().getFirst())
                .distinct()
                .toList();
    }

    private static String absent(Setting setting, Map<String, String> found) {
        if (!setting.name().equals("proxy_busy_buffers_size")) {
            return ABSENT.getOrDefault(setting.name(), setting.fallback());
        }
        var buffer = Units.bytes(found.getOrDefault("proxy_buffer_size", "4k")).orElse(4_096);
        var each = BufferSet.parse(found.getOrDefault("proxy_buffers", "8 4k"))
                .map(BufferSet::bytes)
                .orElse(4_096L);
        return Units.size(2 * Math.max(buffer, each));
    }

    /** The blocks around the directive that passes to the next hop, the outermost first. */
    private static Optional<List<Directive>> pathToProxyPass(Directive block) {
        if (block.children().stream().anyMatch(child -> child.name().equals("proxy_pass"))) {
            return Optional.of(List.of(block));
        }
        return block.children().stream()
                .flatMap(child -> pathToProxyPass(child).stream())
                .findFirst()
                .map(inner -> {
                    var path = new ArrayList<>(List.of(block));
                    path.addAll(inner);
                    return path;
                });
    }

    private static Stream<Directive> flatten(Directive directive) {
        return Stream.concat(Stream.of(directive), directive.children().stream().flatMap(EffectiveValues::flatten));
    }

    private Optional<String> value(Place place) {
        return switch (place) {
            case Place.Directive directive ->
                nearest(each -> each.name().equals(directive.name())).map(Directive::value);
            case Place.Parameter parameter -> parameter(parameter);
            case Place.ZoneSize zone ->
                upstream("zone").map(each -> each.arguments().getLast());
            case Place.BalanceMethod method -> balance();
            case Place.LogLevel level ->
                nearest(each -> each.name().equals("error_log"))
                        .filter(each -> each.arguments().size() > 1)
                        .map(each -> each.arguments().getLast());
            case Place.SourceAddresses addresses -> sources();
            case Place.Haproxy haproxy -> Optional.empty();
        };
    }

    private Optional<Directive> nearest(Predicate<Directive> wanted) {
        for (var block : path.reversed()) {
            var found = block.children().stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return all.stream().filter(wanted).findFirst();
    }

    private Optional<String> parameter(Place.Parameter parameter) {
        var owner = parameter.directive().equals("server")
                ? upstream("server")
                : nearest(each -> each.name().equals(parameter.directive()));
        return owner.flatMap(directive -> directive.arguments().stream()
                .flatMap(argument -> parameterValue(argument, parameter.name()).stream())
                .findFirst());
    }

    private static Optional<String> parameterValue(String argument, String name) {
        if (argument.equals(name)) {
            return Optional.of("on");
        }
        return argument.startsWith(name + "=") ? Optional.of(argument.substring(name.length() + 1)) : Optional.empty();
    }

    private Optional<Directive> upstream(String name) {
        return all.stream()
                .filter(each -> each.name().equals("upstream"))
                .flatMap(each -> each.children().stream())
                .filter(each -> each.name().equals(name) && !each.arguments().isEmpty())
                .findFirst();
    }

    private Optional<String> balance() {
        return all.stream()
                .filter(each -> each.name().equals("upstream"))
                .flatMap(each -> each.children().stream())
                .map(Directive::name)
                .filter(name -> !name.equals("server") && !name.equals("zone") && !name.equals("keepalive"))
                .findFirst();
    }

    private Optional<String> sources() {
        var bound = nearest(each -> each.name().equals("proxy_bind")).map(Directive::value);
        if (bound.isEmpty() || !bound.get().startsWith("$")) {
            return bound;
        }
        return all.stream()
                .filter(each ->
                        each.name().equals("split_clients") && each.arguments().contains(bound.get()))
                .findFirst()
                .map(each -> String.join(
                        ",", each.children().stream().map(Directive::value).toList()));
    }
}
