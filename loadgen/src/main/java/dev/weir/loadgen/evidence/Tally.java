package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Missing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps of every figure its first value, its peak and its last.
 *
 * <p>A figure that first appears in mid-run, as a counter of a close code does, counts from 0 when its probe was read before; else from its
 * first value.
 *
 * <p><b>Threading:</b> any thread; all methods lock this object for the time of a map update.
 */
final class Tally {
    private record Key(String hop, String probe, String key, String unit) {}

    private record Span(double before, double peak, double after) {
        Span with(double value) {
            return new Span(before, Math.max(peak, value), value);
        }
    }

    private record Source(String hop, String probe) {}

    private final Map<Key, Span> spans = new LinkedHashMap<>();
    private final Map<Source, String> failures = new LinkedHashMap<>();
    private final Set<Source> seen = new HashSet<>();

    synchronized void add(String hop, String probe, List<Reading> readings) {
        Source source = new Source(hop, probe);
        boolean readBefore = !seen.add(source);
        failures.remove(source);
        for (Reading reading : readings) {
            double value = reading.value();
            Span first = new Span(readBefore ? 0 : value, value, value);
            spans.merge(
                    new Key(reading.hop(), reading.probe(), reading.key(), reading.unit()),
                    first,
                    (span, fresh) -> span.with(value));
        }
    }

    /** Notes that a probe could not be read; the reason stands unless a later read succeeds. */
    synchronized void fail(String hop, String probe, String why) {
        Source source = new Source(hop, probe);
        failures.putIfAbsent(source, seen.contains(source) ? "stopped answering: " + why : why);
    }

    synchronized List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        failures.forEach((source, why) -> missing.add(new Missing(source.hop(), source.probe(), why)));
        return missing;
    }

    /** Everything that was read, by hop in the given order, then by probe and key; ids count from {@code e1}. */
    synchronized List<Evidence> evidence(List<String> hopOrder) {
        List<Map.Entry<Key, Span>> entries = new ArrayList<>(spans.entrySet());
        entries.sort(Comparator.comparingInt((Map.Entry<Key, Span> entry) ->
                        place(hopOrder, entry.getKey().hop()))
                .thenComparing(entry -> entry.getKey().hop())
                .thenComparing(entry -> entry.getKey().probe())
                .thenComparing(entry -> entry.getKey().key()));
        List<Evidence> evidence = new ArrayList<>();
        for (Map.Entry<Key, Span> entry : entries) {
            Key key = entry.getKey();
            Span span = entry.getValue();
            String id = "e" + (evidence.size() + 1);
            evidence.add(new Evidence(
                    id, key.hop(), key.probe(), key.key(), key.unit(), span.before(), span.peak(), span.after()));
        }
        return evidence;
    }

    private static int place(List<String> hopOrder, String hop) {
        int place = hopOrder.indexOf(hop);
        return place < 0 ? hopOrder.size() : place;
    }
}
