package dev.weir.loadgen.report;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Interfaces under load: each phase in full with what it cost, the trials of a search in a row each. */
final class InterfaceTables {
    private InterfaceTables() {}

    /** Empty when no phase put any interface under load. */
    static List<String> lines(List<Phase> phases) {
        List<Phase> loaded = phases.stream()
                .filter(phase -> !phase.interfaces().isEmpty() && !phase.name().equals(Phase.WARM_UP))
                .toList();
        List<String> lines = new ArrayList<>();
        if (loaded.isEmpty()) {
            return lines;
        }
        Map<Boolean, List<Phase>> byTrial =
                loaded.stream().collect(Collectors.partitioningBy(InterfaceTables::isTrial));
        for (Phase full : byTrial.getOrDefault(false, List.of())) {
            lines.add("");
            lines.addAll(interfaces(full).lines());
            lines.add("");
            lines.addAll(costs(full).lines());
        }
        List<Phase> trials = byTrial.getOrDefault(true, List.of());
        if (!trials.isEmpty()) {
            lines.add("");
            lines.addAll(trials(trials).lines());
        }
        return lines;
    }

    /** A search names its trials by their multiples, e.g. {@code find ×2}. */
    private static boolean isTrial(Phase phase) {
        return phase.name().contains(" ×");
    }

    private static TextTable interfaces(Phase phase) {
        TextTable table = new TextTable(
                phase.name(),
                "asked/s",
                "answered/s",
                "min-median-max",
                "asked",
                "answered",
                "failed",
                "since due p50 ms",
                "p99",
                "max",
                "since sent p50 ms",
                "p99",
                "max",
                "deliveries",
                "of");
        String mark = mark(phase);
        for (InterfaceLoad load : phase.interfaces()) {
            InterfaceLoad.Rate rate = load.answeredPerSecond();
            Percentiles intended = load.latencyMillis().intended();
            Percentiles actual = load.latencyMillis().actual();
            boolean publishes = load.deliveries().owed() > 0;
            table.row(
                    load.name(),
                    decimal(load.askedPerSecond()),
                    decimal(rate.mean()) + mark,
                    whole(rate.min()) + "-" + whole(rate.median()) + "-" + whole(rate.max()),
                    whole(load.asked()),
                    whole(load.answered()),
                    whole(load.failedCount()),
                    millis(intended, Percentiles::p50, mark),
                    millis(intended, Percentiles::p99, mark),
                    millis(intended, Percentiles::max, mark),
                    millis(actual, Percentiles::p50, mark),
                    millis(actual, Percentiles::p99, mark),
                    millis(actual, Percentiles::max, mark),
                    publishes ? whole(load.deliveries().came()) : "-",
                    publishes ? whole(load.deliveries().owed()) : "-");
        }
        if (!mark.isEmpty()) {
            table.note("* the load generator was itself at its limit: counts stand, rates and latencies claim nothing");
        }
        phase.interfaces().forEach(load -> notes(table, load));
        return table;
    }

    private static void notes(TextTable table, InterfaceLoad load) {
        if (load.unavailable() > 0) {
            table.note(
                    "%s: %,d of %,d answers said error 108, not available: the server has none behind it; the round trip is what is measured"
                            .formatted(load.name(), load.unavailable(), load.answered()));
        }
        if (load.sent() + load.failedCount() < load.asked()) {
            table.note("%s: %,d never left, for too many before them were unanswered"
                    .formatted(load.name(), load.asked() - load.sent()));
        }
        if (!load.failed().isEmpty()) {
            table.note(load.name() + " failed: "
                    + load.failed().stream()
                            .map(way -> "%,d %s".formatted(way.count(), way.how()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static TextTable costs(Phase phase) {
        long answered = answered(phase);
        TextTable table =
                new TextTable("cost of " + phase.name(), "cpu s", "of a core", "µs an operation", "memory", "risen by");
        for (HopCost cost : phase.costs()) {
            table.row(
                    cost.hop(),
                    String.format(Locale.ROOT, "%.2f", cost.cpuSeconds()),
                    TextReport.figure(cost.cpuShare(), "share"),
                    answered == 0 ? "-" : whole(cost.cpuSeconds() * 1e6 / answered),
                    TextReport.figure((double) cost.rssBytes(), "bytes"),
                    TextReport.figure((double) cost.rssRiseBytes(), "bytes"));
        }
        table.note(
                "an operation: of the whole mix (%,d), with the deliveries and heartbeats of that time; memory is RSS"
                        .formatted(answered));
        return table;
    }

    private static TextTable trials(List<Phase> trials) {
        TextTable table = new TextTable(
                "trial",
                "asked/s",
                "answered/s",
                "asked",
                "answered",
                "failed",
                "worst p99 since due ms",
                "at",
                "cpu of a core");
        for (Phase trial : trials) {
            InterfaceLoad worst = trial.interfaces().stream()
                    .max(Comparator.comparingDouble(
                            load -> load.latencyMillis().intended().p99()))
                    .orElseThrow();
            table.row(
                    trial.name(),
                    decimal(sum(trial, InterfaceLoad::askedPerSecond)),
                    decimal(sum(trial, load -> load.answeredPerSecond().mean())) + mark(trial),
                    whole(sum(trial, InterfaceLoad::asked)),
                    whole(answered(trial)),
                    whole(sum(trial, InterfaceLoad::failedCount)),
                    millis(worst.latencyMillis().intended(), Percentiles::p99, mark(trial)),
                    worst.name(),
                    trial.costs().stream()
                            .map(cost -> cost.hop() + " " + TextReport.figure(cost.cpuShare(), "share"))
                            .collect(Collectors.joining(", ")));
        }
        if (trials.stream().anyMatch(trial -> !mark(trial).isEmpty())) {
            table.note("* the load generator was itself at its limit in this trial: it shows nothing");
        }
        return table;
    }

    private static double sum(Phase phase, ToDoubleFunction<InterfaceLoad> figure) {
        return phase.interfaces().stream().mapToDouble(figure).sum();
    }

    private static long answered(Phase phase) {
        return phase.interfaces().stream().mapToLong(InterfaceLoad::answered).sum();
    }

    private static String mark(Phase phase) {
        return Saturation.tripped(phase.generator()).isEmpty() ? "" : "*";
    }

    private static String millis(Percentiles of, ToDoubleFunction<Percentiles> which, String mark) {
        return of.count() == 0 ? "-" : String.format(Locale.ROOT, "%,.1f", which.applyAsDouble(of)) + mark;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String whole(double value) {
        return TextTable.whole(value);
    }
}
