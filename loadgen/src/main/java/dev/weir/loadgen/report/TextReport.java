package dev.weir.loadgen.report;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a terminal shows of one run. Pure: a function of the record. */
public final class TextReport {
    private static final String INDENT = "  ";

    private TextReport() {}

    /** Everything worth reading at once, in lines. */
    public static List<String> lines(RunRecord run) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(run));
        indent(lines, run.verdict().why());
        run.forecast().forEach(limit -> lines.add(INDENT + forecast(limit)));
        causes(lines, run);
        lines.add("");
        indent(lines, phases(run).lines());
        indent(lines, ReachTable.lines(run.phases()));
        indent(lines, InterfaceTables.lines(run.phases()));
        indent(lines, TrendTable.lines(run.series()));
        if (!run.hops().isEmpty()) {
            lines.add("");
            indent(lines, HopTable.lines(run));
        }
        List<String> memory = MemoryTable.lines(run);
        if (!memory.isEmpty()) {
            lines.add("");
            indent(lines, memory);
        }
        List<String> slots = SlotTable.lines(run);
        if (!slots.isEmpty()) {
            lines.add("");
            indent(lines, slots);
        }
        failures(lines, run);
        closes(lines, run);
        indent(lines, differences(run));
        missing(lines, run);
        return lines;
    }

    /** Scenario, variant and verdict in one line. */
    public static String headline(RunRecord run) {
        String name = run.scenario() == null ? "load" : run.scenario() + " / " + run.variant();
        return name + ": " + word(run.verdict());
    }

    private static String forecast(Forecast limit) {
        return "forecast before the load: %s at %s ends at %s connections; %s=%s allowed=%s (%s)"
                .formatted(
                        limit.resource().id(),
                        limit.hop(),
                        count(limit.fits()),
                        limit.unit(),
                        count(limit.needed()),
                        count(limit.allowed()),
                        limit.says());
    }

    /** Causes and what could not be read, for a chain that was only watched. */
    public static List<String> findings(RunRecord run) {
        List<String> lines = new ArrayList<>(run.verdict().why());
        causes(lines, run);
        missing(lines, run);
        return lines;
    }

    private static void missing(List<String> lines, RunRecord run) {
        observing(run).ifPresent(line -> lines.add(INDENT + line));
        run.missing()
                .forEach(missing -> lines.add(
                        INDENT + "missing: " + missing.probe() + " at " + missing.hop() + ": " + missing.why()));
    }

    /** What observing cost; empty in records that were written before it was measured. */
    private static Optional<String> observing(RunRecord run) {
        return run.evidence().stream()
                .filter(item -> item.probe().equals("observer") && item.key().equals("cpu.share"))
                .findFirst()
                .map(item -> String.format(
                        Locale.ROOT, "observing took %.1f %% of this machine's processors", item.after() * 100));
    }

    private static String word(VerdictRecord verdict) {
        String value = verdict.value();
        if (value == null) {
            return verdict.asExpected() ? "held" : "NOT HELD";
        }
        return value
                + (verdict.asExpected() ? ", as expected" : ", NOT AS EXPECTED (expected: " + verdict.expected() + ")");
    }

    private static void causes(List<String> lines, RunRecord run) {
        Map<String, Evidence> byId =
                run.evidence().stream().collect(Collectors.toMap(Evidence::id, Function.identity(), (a, b) -> a));
        for (Cause cause : run.causes()) {
            lines.add("");
            lines.add(INDENT + "cause: " + cause.resource().id() + " at " + cause.hop() + " ("
                    + cause.rank().id() + ")");
            lines.add(INDENT + INDENT + cause.says());
            for (String id : cause.because()) {
                Evidence item = byId.get(id);
                if (item != null) {
                    lines.add(INDENT + INDENT + "- " + cite(item));
                }
            }
            lines.add(INDENT + INDENT + "fix: " + cause.fix());
        }
    }

    /** One figure with where it was read, e.g. {@code e7 host netstat TcpExt.TCPWinProbe: 0 → 812 (peak 812)}. */
    static String cite(Evidence item) {
        String text = item.id() + " " + item.hop() + " " + item.probe() + " " + item.key() + ": "
                + figure(item.before(), item.unit()) + " → " + figure(item.after(), item.unit());
        boolean peaked = item.peak() > Math.max(item.before(), item.after());
        return peaked ? text + " (peak " + figure(item.peak(), item.unit()) + ")" : text;
    }

    static String figure(double value, String unit) {
        return switch (unit) {
            case "bytes" -> bytes(value);
            case "pages" -> number(value) + " pages";
            case "ms" -> number(value) + " ms";
            case "s" -> number(value) + " s";
            case "share" -> String.format(Locale.ROOT, "%.0f %%", value * 100);
            default -> number(value);
        };
    }

    private static String bytes(double value) {
        if (Math.abs(value) < 10_000) {
            return number(value) + " B";
        }
        return value < 1e6
                ? String.format(Locale.ROOT, "%.0f KB", value / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", value / 1e6);
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }

    private static TextTable phases(RunRecord run) {
        TextTable table = new TextTable(
                "phase",
                "seconds",
                "opened",
                "held",
                "ended",
                "delivered",
                "of",
                "lost/dup/reord",
                "connect p99 ms",
                "deliver p50 ms",
                "p99 ms",
                "generator cpu");
        boolean voided = false;
        for (Phase phase : run.phases()) {
            Deliveries deliveries = phase.deliveries();
            String mark = timed(phase) && !Saturation.tripped(phase.generator()).isEmpty() ? "*" : "";
            voided |= !mark.isEmpty();
            table.row(
                    phase.name(),
                    String.format(Locale.ROOT, "%.1f", phase.durationMillis() / 1e3),
                    count(phase.connections().opened()),
                    count(phase.connections().heldAtEnd()),
                    count(phase.connections().closedCount()),
                    count(deliveries.delivered()),
                    count(deliveries.expected()),
                    deliveries.lost() + "/" + deliveries.duplicated() + "/" + deliveries.reordered(),
                    millis(phase.latencyMillis().connect(), Percentiles::p99, mark),
                    millis(phase.latencyMillis().deliverIntended(), Percentiles::p50, mark),
                    millis(phase.latencyMillis().deliverIntended(), Percentiles::p99, mark),
                    String.format(Locale.ROOT, "%.0f %%", phase.generator().cpuShare() * 100));
        }
        if (voided) {
            table.note(
                    "* the load generator was itself at its limit in this phase: counts stand, latencies claim nothing");
        }
        return table;
    }

    private static boolean timed(Phase phase) {
        return phase.latencyMillis().connect().count() > 0
                || phase.latencyMillis().deliverIntended().count() > 0;
    }

    private static String millis(Percentiles of, Function<Percentiles, Double> which, String mark) {
        return of.count() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", which.apply(of)) + mark;
    }

    private static void failures(List<String> lines, RunRecord run) {
        for (Phase phase : run.phases()) {
            for (Failure failure : phase.connections().failed()) {
                String how = failure.errno().isEmpty() ? "" : " " + failure.errno();
                String status = failure.status() == 0 ? "" : " " + failure.status();
                lines.add(INDENT + "failed in " + phase.name() + ": " + count(failure.count()) + " at "
                        + failure.stage() + status + how);
            }
        }
    }

    private static void closes(List<String> lines, RunRecord run) {
        for (Phase phase : run.phases()) {
            for (Close close : phase.connections().closed()) {
                String reason = close.reason().isEmpty() ? "" : " \"" + close.reason() + "\"";
                lines.add(String.format(
                        Locale.ROOT,
                        "%sended in %s: %,d %s by %s (%s, %d%s), age p50 %.1f s, idle p50 %.1f s",
                        INDENT,
                        phase.name(),
                        close.count(),
                        close.cohort(),
                        close.by(),
                        close.how(),
                        close.code(),
                        reason,
                        close.ageMillis().p50() / 1e3,
                        close.idleMillis().p50() / 1e3));
            }
        }
    }

    /** Settings that did not come out as they were asked for. */
    private static List<String> differences(RunRecord run) {
        List<String> lines = new ArrayList<>();
        for (String key : new TreeSet<>(run.requested().keySet())) {
            Object asked = run.requested().get(key);
            Object got = run.actual().get(key);
            if (got != null && !Objects.toString(asked).equals(Objects.toString(got))) {
                lines.add("setting " + key + ": requested " + asked + ", actual " + got);
            }
        }
        return lines;
    }

    private static void indent(List<String> lines, List<String> more) {
        more.forEach(line -> lines.add(line.isEmpty() ? line : INDENT + line));
    }
}
