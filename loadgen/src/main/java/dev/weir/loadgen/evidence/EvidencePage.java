package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The probes of a chain as a page that Prometheus reads: each figure under {@code weir_hop_<probe>_<figure>} with its unit at the end and the hop as
 * a label, {@code weir_hop_cgroup_memory_usage_bytes{hop="edge"} 50327552}. A probe that cannot be read is said, not left out:
 * {@code weir_hop_probe_up{hop="edge",probe="ss"} 0}.
 *
 * <p>Read-only. What a probe counts since its first read (lines of logs, kills) is counted since this page was made.
 *
 * <p><b>Threading:</b> any thread; one at a time reads. <b>Bounds:</b> whoever asks, and however often, each probe keeps to its own period and rests
 * after a read that was dear, as {@link EvidenceCollector} lets it; until then its last figures stand.
 */
public final class EvidencePage {
    private static final String PREFIX = "weir_hop_";
    private static final Pattern LABELLED = Pattern.compile("(.*)\\{(\\w+)=([^}]*)}");

    private final ProbePlan plan;
    private final LongSupplier clock;
    private final ObservingCost cost = new ObservingCost(Runtime.getRuntime().availableProcessors());
    private final IdentityHashMap<Probe, Kept> kept = new IdentityHashMap<>();
    private String page = "";

    /** What a probe said last, nothing when it could not be read, and when it is to be asked again. */
    private record Kept(List<Reading> readings, boolean isUp, long againNanos) {}

    /**
     * A page of these hops.
     *
     * @param hops the chain from the agents' side
     */
    public EvidencePage(List<HopTarget> hops) {
        this(ProbePlan.of(List.copyOf(hops)), System::nanoTime);
    }

    /** A page of these probes by another clock. */
    EvidencePage(ProbePlan plan, LongSupplier clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** The page as it is now. */
    public synchronized String text() {
        boolean changed = page.isEmpty();
        for (Probe probe : plan.probes()) {
            Kept last = kept.get(probe);
            if (last == null || clock.getAsLong() - last.againNanos() >= 0) {
                kept.put(probe, read(probe));
                changed = true;
            }
        }
        if (changed) {
            page = written();
        }
        return page;
    }

    private Kept read(Probe probe) {
        long start = clock.getAsLong();
        ObservingCost.Work work = cost.begin(probe);
        List<Reading> readings = List.of();
        boolean isUp = true;
        try {
            readings = probe.read();
        } catch (IOException | RuntimeException unread) {
            isUp = false;
        }
        long processorNanos = work.end();
        // From the end on, so that those who asked meanwhile are answered with what was read for the first of them.
        long end = clock.getAsLong();
        return new Kept(readings, isUp, end + EvidenceCollector.restNanos(probe, end - start, processorNanos));
    }

    private String written() {
        Map<String, List<String>> samples = new TreeMap<>();
        plan.probes().forEach(probe -> {
            Kept last = Objects.requireNonNull(kept.get(probe));
            last.readings().forEach(reading -> add(samples, name(reading), labels(reading), reading.value()));
            add(samples, PREFIX + "probe_up", probeLabels(probe.hop(), probe.name()), last.isUp() ? 1 : 0);
        });
        plan.missing()
                .forEach(missing -> add(samples, PREFIX + "probe_up", probeLabels(missing.hop(), missing.probe()), 0));
        StringBuilder text = new StringBuilder();
        samples.forEach((name, lines) -> {
            text.append("# TYPE ").append(name).append(" untyped\n");
            lines.forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }

    private static void add(Map<String, List<String>> samples, String name, Map<String, String> labels, double value) {
        StringBuilder line = new StringBuilder(name).append('{');
        labels.forEach((label, text) -> line.append(line.charAt(line.length() - 1) == '{' ? "" : ",")
                .append(label)
                .append("=\"")
                .append(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
        line.append("} ")
                .append(
                        value == Math.rint(value) && Math.abs(value) < 1e15
                                ? Long.toString((long) value)
                                : Double.toString(value));
        samples.computeIfAbsent(name, each -> new ArrayList<>()).add(line.toString());
    }

    private static Map<String, String> probeLabels(String hop, String probe) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("hop", hop);
        labels.put("probe", probe);
        return labels;
    }

    private static Map<String, String> labels(Reading reading) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("hop", reading.hop());
        Matcher labelled = LABELLED.matcher(reading.key());
        if (labelled.matches()) {
            labels.put(labelled.group(2), labelled.group(3));
        }
        return labels;
    }

    /** The name of a figure: probe and key in snake case, then the unit. */
    static String name(Reading reading) {
        String key = LABELLED.matcher(reading.key()).replaceFirst("$1");
        String words =
                (reading.probe() + "_" + key).replaceAll("[^A-Za-z0-9]+", "_").toLowerCase(Locale.ROOT);
        return PREFIX + words + suffix(words, reading.unit());
    }

    private static String suffix(String words, String unit) {
        String suffix =
                switch (unit) {
                    case "bytes" -> "_bytes";
                    case "pages" -> "_pages";
                    case "ms" -> "_milliseconds";
                    case "share" -> "_ratio";
                    default -> "";
                };
        return words.endsWith(suffix) ? "" : suffix;
    }
}
