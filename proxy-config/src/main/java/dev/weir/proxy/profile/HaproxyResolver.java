package dev.weir.proxy.profile;

import dev.weir.proxy.capacity.HaproxyBudget;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.error.ProxyConfigException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lays overrides over a profile over its base over HAProxy's defaults. Values of a profile hold where they mean something to HAProxy; the
 * others are named in a note.
 */
final class HaproxyResolver {

    private final Hop hop;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Set<String> leftOut = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private HaproxyResolver(Hop hop) {
        this.hop = hop;
    }

    static Resolved resolve(List<Profile> chain, Overrides overrides, Hop hop, Demand demand) {
        var resolver = new HaproxyResolver(hop);
        HaproxySettings.all().forEach(setting -> resolver.put(setting, setting.fallback(), 0, "default"));
        for (var rank = 1; rank <= chain.size(); rank++) {
            resolver.profile(chain.get(rank - 1), rank);
        }
        overrides.valuesOf(hop).forEach((name, text) -> HaproxySettings.meantBy(name)
                .ifPresent(setting -> resolver.put(setting, text, chain.size() + 1, "--set")));
        if (!resolver.problems.isEmpty()) {
            throw new ProxyConfigException(Kind.CONFIG, resolver.problems);
        }
        resolver.size(demand);
        if (!resolver.leftOut.isEmpty()) {
            resolver.notes.add("left out, as HAProxy has no such thing: " + String.join(", ", resolver.leftOut));
        }
        return new Resolved(hop, resolver.values, resolver.notes);
    }

    private void profile(Profile profile, int rank) {
        profile.valuesOf(hop).forEach((name, entry) -> {
            var where = profile.name() + ".yaml:" + entry.line();
            HaproxySettings.twin(name)
                    .ifPresentOrElse(twin -> translate(twin, name, entry.text(), rank, where), () -> leftOut.add(name));
        });
        profile.haproxy().forEach((name, entry) -> HaproxySettings.meantBy(name)
                .ifPresent(setting -> put(setting, entry.text(), rank, profile.name() + ".yaml:" + entry.line())));
    }

    /** Ranges differ: what nginx takes may be too much here. */
    private void translate(Setting twin, String name, String text, int rank, String where) {
        twin.brokenRule(text)
                .ifPresentOrElse(
                        rule -> problems.add(hop.label() + "." + twin.name() + " " + rule + ": " + name + "=" + text
                                + " (" + where + ")"),
                        () -> put(twin, text, rank, where));
    }

    private void put(Setting setting, String text, int rank, String where) {
        values.put(setting.name(), new Value(written(setting, text), rank, where));
    }

    /** Sizes in bytes and times in one unit, since HAProxy knows no {@code 16k} there and no {@code 1m30s}. */
    private static String written(Setting setting, String text) {
        return switch (setting.type()) {
            case ValueType.Size _
            when Units.bytes(text).isPresent() ->
                Long.toString(Units.bytes(text).getAsLong());
            case ValueType.Time _
            when Units.millis(text).isPresent() -> Units.time(Units.millis(text).getAsLong());
            default -> text;
        };
    }

    private void size(Demand demand) {
        var budget = HaproxyBudget.of(demand.connections(), demand.limits());
        derive("nbthread", budget.threads(), demand.limits().cores() + " cores");
        derive(
                "maxconn",
                budget.maxconn(),
                demand.connections() + " WebSockets and a tenth to spare, 2 descriptors each, at most "
                        + demand.limits().descriptors() + " descriptors in the process");
    }

    private void derive(String name, long number, String reason) {
        if (Objects.requireNonNull(values.get(name), name).isDerived()) {
            values.put(name, Value.derived(Long.toString(number)));
            notes.add(name + " " + number + ": " + reason);
        }
    }
}
