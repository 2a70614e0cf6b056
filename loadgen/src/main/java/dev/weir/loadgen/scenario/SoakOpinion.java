package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.Trend;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a long run's series add to its verdict; nothing for a run without.
 *
 * @param awayMax connections that may be away at the end: those that do not read are cut again and again
 * @param owed deliveries that the cycles must have had, so that nothing published is not everything delivered
 * @param kept whether nothing of the chain grew
 * @param why sentences with figures
 * @param doubts what leaves it open
 */
record SoakOpinion(int awayMax, long owed, boolean kept, List<String> why, List<String> doubts) {
    private static final String STALLED = Cohort.STALLED.id();

    static SoakOpinion of(Plan plan, List<Phase> phases, List<Series> series) {
        return plan.soak()
                .map(step -> of(step, plan.connections(), phases, series))
                .orElseGet(() -> new SoakOpinion(0, 0, true, List.of(), List.of()));
    }

    private static SoakOpinion of(Step.Soak step, int connections, List<Phase> phases, List<Series> series) {
        List<Trend> trends =
                series.stream().map(Trend::of).filter(Trend::isJudged).toList();
        List<String> why = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        long cut = phases.stream()
                .flatMap(phase -> phase.connections().closed().stream())
                .filter(close -> close.cohort().equals(STALLED))
                .mapToLong(Close::count)
                .sum();
        why.add("readers that stalled were cut %,d times, and came back".formatted(cut));
        long flat = 0;
        for (Trend trend : trends) {
            switch (trend.finding()) {
                case FLAT, FALLS -> flat++;
                case RISES -> why.add(moves(trend, "rises by"));
                case SETTLES -> why.add(moves(trend, "was watched too briefly to be judged and still settles:"));
                case TOO_FEW ->
                    doubts.add("%s at %s has fewer than %d samples after the warm-up"
                            .formatted(trend.series().figure(), trend.series().hop(), Trend.SAMPLES_MIN));
            }
        }
        why.add("%d of %d figures of the chain are flat".formatted(flat, trends.size()));
        if (trends.isEmpty()) {
            doubts.add("no figure was followed");
        }
        return new SoakOpinion(
                Soak.stalled(connections),
                owed(step, connections, series),
                trends.stream().noneMatch(trend -> trend.finding() == Trend.Finding.RISES),
                why,
                doubts);
    }

    private static String moves(Trend trend, String how) {
        double perHour = trend.line().map(line -> line.slope()).orElse(0.0);
        double error = trend.line().map(line -> line.error()).orElse(0.0);
        return String.format(
                        Locale.ROOT,
                        "%s at %s %s %,.0f ± %,.0f %s an hour",
                        trend.series().figure(),
                        trend.series().hop(),
                        how,
                        perHour,
                        error,
                        trend.series().unit().equals("1") ? "" : trend.series().unit())
                .replace("  ", " ");
    }

    /** Whoever is away for a moment, and whoever reads slowly, is not counted on. */
    private static long owed(Step.Soak step, int connections, List<Series> series) {
        long samples =
                series.stream().mapToLong(each -> each.values().size()).max().orElse(0);
        long reading = (long) connections - Soak.stalled(connections) - Soak.throttled(connections) - step.leaving();
        return samples * step.cyclesPerSample() * step.toEveryone().messages() * Math.max(0, reading);
    }

    /** Ends that break a promise: all but those of connections that were not to read. */
    static long unplanned(Plan plan, Phase phase) {
        return phase.connections().closed().stream()
                .filter(close -> plan.soak().isEmpty() || !close.cohort().equals(STALLED))
                .mapToLong(Close::count)
                .sum();
    }
}
