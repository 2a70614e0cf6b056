package dev.weir.loadgen.compare;

import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Percentiles of the saved histograms, which lose nothing, phase by phase. */
final class LatencyFigures {
    private static final String DELIVER = "deliver";

    private LatencyFigures() {}

    static List<Figure> of(RunView view) {
        List<Figure> figures = new ArrayList<>();
        new TreeMap<>(view.micros().orElse(Map.of())).forEach((tag, micros) -> {
            int dot = tag.lastIndexOf('.');
            String phase = tag.substring(0, Math.max(0, dot));
            if (dot > 0 && !micros.isEmpty() && !phase.equals(Phase.WARM_UP)) {
                String kind = tag.substring(dot + 1);
                long independent = independent(view, phase, kind, micros);
                for (double percentile : new double[] {50, 99}) {
                    figures.add(new Figure(
                            Figure.Kind.LATENCY,
                            phase,
                            name(kind) + " p" + (int) percentile,
                            "ms",
                            Spread.percentileMillis(micros, percentile, independent)));
                }
            }
        });
        return figures;
    }

    /** Deliveries of one message share its fate. */
    private static long independent(RunView view, String phase, String kind, Distribution micros) {
        if (!kind.startsWith(DELIVER)) {
            return micros.count();
        }
        long published = view.run().phases().stream()
                .filter(each -> each.name().equals(phase))
                .mapToLong(each -> each.deliveries().published())
                .sum();
        return published == 0 ? micros.count() : Math.min(published, micros.count());
    }

    /** {@code deliver intended} of {@code deliverIntended}. */
    private static String name(String kind) {
        return kind.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** Names of the phases in which the agents were the limit in this run: their latencies claim nothing. */
    static List<String> saturated(RunView view) {
        return view.run().phases().stream()
                .filter(phase -> !phase.name().equals(Phase.WARM_UP))
                .filter(phase -> !Saturation.tripped(phase.generator()).isEmpty())
                .map(Phase::name)
                .distinct()
                .toList();
    }
}
