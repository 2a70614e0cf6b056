package dev.weir.loadgen.evidence;

import dev.weir.loadgen.measure.Followed;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Series;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Follows what each hop holds through a long run: one sample of all hops when it is asked.
 *
 * <p>Before a sample the JVMs collect their garbage, for without that heap and resident memory say how lazy a collector was, and not what is held.
 *
 * <p><b>Threading:</b> one thread, which a sample blocks for some hundred milliseconds, and for as long as full collections take.
 */
public final class HopSampler {
    private static final Path SOCKSTAT = Path.of("/proc/net/sockstat");

    private final List<HopTarget> hops;
    private final Map<String, String> uncollected = new LinkedHashMap<>();
    private final Map<Key, Points> points = new LinkedHashMap<>();

    private record Key(String hop, Followed figure) {}

    private record Points(List<Long> atMillis, List<Double> values) {}

    /**
     * A sampler without samples.
     *
     * @param hops the chain from the agents' side
     */
    public HopSampler(List<HopTarget> hops) {
        this.hops = List.copyOf(hops);
        for (HopTarget hop : hops) {
            List<Followed> followed =
                    new ArrayList<>(List.of(Followed.RSS, Followed.PSS, Followed.DESCRIPTORS, Followed.THREADS));
            if (hop.kind() == HopKind.GATEWAY) {
                followed.addAll(List.of(Followed.HEAP, Followed.QUEUED));
            }
            followed.forEach(figure -> expect(hop.name(), figure));
        }
        expect(EvidenceCollector.HOST, Followed.KERNEL_QUEUES);
    }

    /** What is never read stays in sight: a series without samples. */
    private void expect(String hop, Followed figure) {
        points.put(new Key(hop, figure), new Points(new ArrayList<>(), new ArrayList<>()));
    }

    /**
     * Takes a sample. What cannot be read is left out.
     *
     * @param atMillis what time it is in the series
     */
    public void take(long atMillis) {
        // Queues first: a collection gives them time to empty.
        kernel(atMillis);
        hops.forEach(hop -> metrics(hop, "queued_bytes", Followed.QUEUED, atMillis));
        hops.forEach(this::collect);
        hops.forEach(hop -> metrics(hop, "heap_after_gc_bytes", Followed.HEAP, atMillis));
        hops.forEach(hop -> processes(hop, atMillis));
    }

    private void collect(HopTarget hop) {
        if (hop.kind() != HopKind.GATEWAY && hop.kind() != HopKind.AGENTS) {
            return;
        }
        try {
            FullCollection.of(hop.pid());
        } catch (IOException cannot) {
            uncollected.put(hop.name(), String.valueOf(cannot.getMessage()));
        }
    }

    /** What could not be had, ever or once: a hop whose garbage was not collected, so that its memory includes some. */
    public List<Missing> missing() {
        return uncollected.entrySet().stream()
                .map(hop -> new Missing(hop.getKey(), "full-collection", hop.getValue()))
                .toList();
    }

    /** No sample where the page does not answer; a series with too few is told to the reader. */
    private void metrics(HopTarget hop, String name, Followed figure, long atMillis) {
        hop.metrics().flatMap(HopSampler::page).ifPresent(page -> named(page, name)
                .ifPresent(value -> add(hop.name(), figure, atMillis, value)));
    }

    private static Optional<List<PrometheusText.Sample>> page(URI uri) {
        try {
            return Optional.of(PrometheusText.parse(SmallPage.text(uri)));
        } catch (IOException unread) {
            return Optional.empty();
        }
    }

    private void processes(HopTarget hop, long atMillis) {
        List<Long> pids = new ArrayList<>(List.of(hop.pid()));
        if (hop.kind() == HopKind.NGINX || hop.kind() == HopKind.HAPROXY) {
            pids.addAll(ProcessFiles.children(hop.pid()));
        }
        double rss = 0;
        double pss = 0;
        double descriptors = 0;
        double threads = 0;
        for (long pid : pids) {
            ProcText.Stat stat = ProcessFiles.stat(pid).orElse(null);
            if (stat == null) {
                return;
            }
            rss += stat.residentBytes();
            threads += stat.threads();
            descriptors += ProcessFiles.descriptors(pid).orElse(0);
            pss += ProcText.kilobytes(ProcessFiles.text(pid, "smaps_rollup").orElse(""), "Pss")
                    .orElse(0);
        }
        add(hop.name(), Followed.RSS, atMillis, rss);
        add(hop.name(), Followed.THREADS, atMillis, threads);
        // A live process has both; 0 is what the kernel refused to tell.
        if (descriptors > 0) {
            add(hop.name(), Followed.DESCRIPTORS, atMillis, descriptors);
        }
        if (pss > 0) {
            add(hop.name(), Followed.PSS, atMillis, pss);
        }
    }

    private void kernel(long atMillis) {
        try {
            Long pages = Sockstat.parseTcp(SmallFile.text(SOCKSTAT)).get("mem");
            if (pages != null) {
                add(EvidenceCollector.HOST, Followed.KERNEL_QUEUES, atMillis, (double) pages * ProcText.PAGE_BYTES);
            }
        } catch (IOException unread) {
            return;
        }
    }

    private static OptionalDouble named(List<PrometheusText.Sample> samples, String name) {
        return samples.stream()
                .filter(sample -> sample.plainName().equals(name))
                .mapToDouble(PrometheusText.Sample::value)
                .findFirst();
    }

    private void add(String hop, Followed figure, long atMillis, double value) {
        Points of =
                points.computeIfAbsent(new Key(hop, figure), key -> new Points(new ArrayList<>(), new ArrayList<>()));
        of.atMillis().add(atMillis);
        of.values().add(value);
    }

    /**
     * All series, in the order of the hops.
     *
     * @param fromMillis samples before this are warm-up
     */
    public List<Series> series(long fromMillis) {
        List<Series> series = new ArrayList<>();
        points.forEach((key, of) -> series.add(new Series(
                key.hop(), key.figure().label(), key.figure().unit(), fromMillis, of.atMillis(), of.values())));
        return List.copyOf(series);
    }
}
