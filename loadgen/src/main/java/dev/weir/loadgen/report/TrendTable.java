package dev.weir.loadgen.report;

import dev.weir.loadgen.measure.LeastSquares;
import dev.weir.loadgen.measure.Trend;
import dev.weir.loadgen.outcome.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures that were followed through a long run: the slope of each with its error, and what is made of it. */
final class TrendTable {
    private static final double T_SHOWN_MAX = 9_999;

    private TrendTable() {}

    /** Empty when nothing was followed. */
    static List<String> lines(List<Series> series) {
        if (series.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(
                "hop", "figure", "samples", "from", "to", "an hour", "standard error", "t", "projected", "verdict");
        double watchedHours = 0;
        double horizonHours = 0;
        for (Series each : series) {
            Trend trend = Trend.of(each);
            watchedHours = Math.max(watchedHours, trend.watchedHours());
            horizonHours = Math.max(horizonHours, trend.horizonHours());
            row(table, trend);
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.note(String.format(
                        Locale.ROOT,
                        "from, to: of the line through the samples after %.0f s of warm-up; projected: its growth in at most %s, %.0f times the %s watched; rss only over what was watched until it has settled",
                        series.getFirst().fromMillis() / 1e3,
                        time(horizonHours),
                        Trend.PROJECTION_MAX,
                        time(watchedHours)))
                .note(String.format(
                        Locale.ROOT,
                        "rises: chance ruled out (one in a thousand), by more than its usual steps, in both halves, and to grow by more than %.0f %% in that time; in brackets: not judged",
                        Trend.GROWTH_MAX * 100))
                .lines());
        return lines;
    }

    private static void row(TextTable table, Trend trend) {
        Series series = trend.series();
        String unit = series.unit();
        String samples = String.format(
                Locale.ROOT, "%d", trend.line().map(LeastSquares::count).orElse(0));
        if (trend.line().isEmpty()) {
            table.row(series.hop(), series.figure(), samples, "-", "-", "-", "-", "-", "-", verdict(trend));
            return;
        }
        LeastSquares line = trend.line().get();
        table.row(
                series.hop(),
                series.figure(),
                samples,
                TextReport.figure(line.first(), unit),
                TextReport.figure(line.last(), unit),
                signed(line.slope(), unit),
                TextReport.figure(line.error(), unit),
                t(line.t()),
                signed(trend.projected(), unit),
                verdict(trend));
    }

    private static String verdict(Trend trend) {
        String finding = trend.finding().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return trend.isJudged() ? finding : "(" + finding + ")";
    }

    private static String signed(double value, String unit) {
        return (value > 0 ? "+" : "") + TextReport.figure(value, unit);
    }

    /** Points that lie on a line have an error of nothing but rounding. */
    private static String t(double value) {
        if (Math.abs(value) > T_SHOWN_MAX) {
            return value > 0 ? "> 9,999" : "< -9,999";
        }
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String time(double hours) {
        double seconds = hours * 3_600;
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 7_200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", hours);
    }
}
