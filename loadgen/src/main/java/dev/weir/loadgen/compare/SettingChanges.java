package dev.weir.loadgen.compare;

import dev.weir.loadgen.compare.Comparison.SettingChange;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Settings that differ between two runs: those of the hops, the programs behind them, and the limits of the host. */
final class SettingChanges {
    /** What the host had at that moment; no limit that anybody set. */
    private static final Set<String> MOMENTARY =
            Set.of("memory.available", "fs.file-nr", "net.netfilter.nf_conntrack_count");

    private SettingChanges() {}

    static List<SettingChange> between(RunRecord a, RunRecord b) {
        Map<String, String> requestedA = requested(a);
        Map<String, String> requestedB = requested(b);
        Map<String, String> actualA = actual(a);
        Map<String, String> actualB = actual(b);
        Set<String> names = new TreeSet<>(requestedA.keySet());
        for (Map<String, String> more : List.of(requestedB, actualA, actualB)) {
            names.addAll(more.keySet());
        }
        // Said as an obstacle.
        names.remove("connections");
        return names.stream()
                .map(name -> new SettingChange(
                        name,
                        requestedA.getOrDefault(name, ""),
                        actualA.getOrDefault(name, ""),
                        requestedB.getOrDefault(name, ""),
                        actualB.getOrDefault(name, "")))
                .filter(change -> !change.requestedA().equals(change.requestedB())
                        || !change.actualA().equals(change.actualB()))
                .toList();
    }

    private static Map<String, String> requested(RunRecord run) {
        return texts(run.requested());
    }

    private static Map<String, String> actual(RunRecord run) {
        Map<String, String> actual = texts(run.actual());
        actual.put("weir", run.weir());
        actual.put("seed", Long.toString(run.seed()));
        for (Hop hop : run.hops()) {
            actual.put(hop.name(), (hop.kind() + " " + hop.version()).strip());
        }
        run.host().limits().forEach((name, value) -> {
            if (!MOMENTARY.contains(name)) {
                actual.put("host " + name, value);
            }
        });
        return actual;
    }

    private static Map<String, String> texts(Map<String, Object> settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        settings.forEach((name, value) -> texts.put(name, Objects.toString(value)));
        return texts;
    }
}
