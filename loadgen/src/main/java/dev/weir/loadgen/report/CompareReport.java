package dev.weir.loadgen.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.loadgen.compare.Comparison;
import dev.weir.loadgen.compare.Comparison.CauseChange;
import dev.weir.loadgen.compare.Comparison.Move;
import dev.weir.loadgen.compare.Comparison.SettingChange;
import dev.weir.loadgen.compare.Interval;
import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two runs side by side, for a terminal and for machines. Pure: a function of the comparison. */
public final class CompareReport {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String INDENT = "  ";
    private static final int CELL_MAX = 60;
    /** A figure that grew by more than this is said in times, not in per cent. */
    private static final double TIMES_FROM = 3;

    private CompareReport() {}

    /** As JSON. */
    public static String json(Comparison comparison) {
        try {
            return MAPPER.writeValueAsString(comparison);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a comparison must be serialisable: " + e.getMessage(), e);
        }
    }

    /** As lines of text. */
    public static List<String> lines(Comparison comparison) {
        List<String> lines = new ArrayList<>(sides(comparison).lines());
        section(
                lines,
                "not to be compared",
                obstacles(comparison),
                comparison.obstacles().size());
        section(lines, "causes", causes(comparison), comparison.causes().size());
        section(
                lines,
                "settings that differ",
                settings(comparison),
                comparison.settings().size());
        section(
                lines,
                String.format(
                        Locale.ROOT,
                        "figures that moved beyond their spread (%,d others did not)",
                        comparison.unmoved()),
                moved(comparison),
                comparison.moved().size());
        return lines;
    }

    private static void section(List<String> lines, String title, TextTable table, int rows) {
        lines.add("");
        lines.add(title + (rows == 0 ? ": none" : ":"));
        if (rows > 0) {
            table.lines().forEach(line -> lines.add(INDENT + line));
        }
    }

    private static TextTable sides(Comparison comparison) {
        TextTable table = new TextTable("", "run", "started", "verdict", "record");
        for (Comparison.Side side : List.of(comparison.a(), comparison.b())) {
            table.row(
                    side.equals(comparison.a()) ? "A" : "B",
                    side.scenario() == null ? "load" : side.scenario() + " / " + side.variant(),
                    side.started(),
                    word(side.verdict()),
                    side.where());
        }
        return table;
    }

    private static String word(VerdictRecord verdict) {
        String value = verdict.value();
        if (value == null) {
            return verdict.asExpected() ? "held" : "NOT HELD";
        }
        return value + (verdict.asExpected() ? ", as expected" : ", NOT AS EXPECTED");
    }

    private static TextTable obstacles(Comparison comparison) {
        TextTable table = new TextTable("", "A", "B", "therefore left out");
        comparison
                .obstacles()
                .forEach(obstacle -> table.row(obstacle.what(), obstacle.a(), obstacle.b(), obstacle.voids()));
        return table;
    }

    private static TextTable causes(Comparison comparison) {
        TextTable table = new TextTable("", "A", "B");
        for (CauseChange cause : comparison.causes()) {
            table.row(cause.resource() + " at " + cause.hop(), orDash(cause.rankA()), orDash(cause.rankB()));
        }
        return table;
    }

    private static TextTable settings(Comparison comparison) {
        TextTable table = new TextTable("", "A", "B");
        for (SettingChange change : comparison.settings()) {
            table.row(
                    change.name(),
                    setting(change.requestedA(), change.actualA()),
                    setting(change.requestedB(), change.actualB()));
        }
        return table;
    }

    /** What it really was; beside it what was asked for, where that is another thing. */
    private static String setting(String requested, String actual) {
        if (actual.isEmpty()) {
            return requested.isEmpty() ? "-" : clip(requested);
        }
        return requested.isEmpty() || requested.equals(actual)
                ? clip(actual)
                : clip(actual + " (asked for: " + requested + ")");
    }

    private static TextTable moved(Comparison comparison) {
        TextTable table = new TextTable("", "figure", "A", "B", "change");
        for (Move move : comparison.moved()) {
            table.row(
                    move.of(),
                    move.name(),
                    interval(move.a(), move.unit()),
                    interval(move.b(), move.unit()),
                    change(move.a().value(), move.b().value()));
        }
        return table;
    }

    private static String interval(Interval is, String unit) {
        String value = figure(is.value(), unit);
        return is.exact()
                ? value
                : value + " (" + figure(Math.max(0, is.low()), unit) + " to " + figure(is.high(), unit) + ")";
    }

    private static String figure(double value, String unit) {
        return switch (unit) {
            case "ms" -> String.format(Locale.ROOT, "%,.1f ms", value);
            case "s" -> String.format(Locale.ROOT, "%,.2f s", value);
            case "/s" -> String.format(Locale.ROOT, "%,.0f/s", value);
            default -> TextReport.figure(value, unit);
        };
    }

    private static String change(double a, double b) {
        if (a == 0 || b == 0) {
            return a == 0 ? "new" : "gone";
        }
        double times = b / a;
        if (times >= TIMES_FROM) {
            return String.format(Locale.ROOT, "%.1f times", times);
        }
        return times <= 1 / TIMES_FROM
                ? String.format(Locale.ROOT, "1/%.1f", 1 / times)
                : String.format(Locale.ROOT, "%+.0f %%", (times - 1) * 100);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String clip(String text) {
        return text.length() <= CELL_MAX ? text : text.substring(0, CELL_MAX - 1) + "…";
    }
}
