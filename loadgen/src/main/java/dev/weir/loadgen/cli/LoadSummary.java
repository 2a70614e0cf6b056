package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.LoadOutcome;
import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.TextReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a terminal shows at the end of a plain load: the report of its record, whose verdict begins with the thresholds, and latencies in full. Pure. */
final class LoadSummary {
    private LoadSummary() {}

    static List<String> lines(RunRecord record, LoadVerdict verdict, LoadOutcome outcome) {
        List<String> lines = new ArrayList<>(TextReport.lines(record));
        lines.add("");
        for (Phase phase : record.phases()) {
            boolean isVoid = verdict.saturation().stream().anyMatch(tripped -> tripped.startsWith(phase.name() + ":"));
            latency(lines, phase.name() + " connect", phase.latencyMillis().connect(), isVoid);
            latency(
                    lines,
                    phase.name() + " deliver, intended",
                    phase.latencyMillis().deliverIntended(),
                    isVoid);
            latency(
                    lines,
                    phase.name() + " deliver, actual",
                    phase.latencyMillis().deliverActual(),
                    isVoid);
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-24s cpu %.0f %%  loop delay p99 %.1f ms  late sends p99 %.1f ms%s%s",
                    phase.name() + " generator",
                    phase.generator().cpuShare() * 100,
                    phase.generator().loopDelayMillisP99(),
                    phase.generator().lateSendsMillisP99(),
                    count("  clamped ", phase.generator().clamped()),
                    count("  LOST AGENTS ", phase.generator().lostAgents())));
        }
        if (outcome.refusedMessages() + outcome.unansweredMessages() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  publishing: %,d messages refused, %,d unanswered",
                    outcome.refusedMessages(),
                    outcome.unansweredMessages()));
        }
        return lines;
    }

    /** What each agent elsewhere did, and how far its clock can be trusted. */
    static List<String> agents(List<RemoteAgent.Report> agents) {
        return agents.stream()
                .map(agent -> String.format(
                        Locale.ROOT,
                        "  agent %-18s %,d opened, %,d delivered, clock known to within %.2f ms%s",
                        agent.agent(),
                        agent.opened(),
                        agent.delivered(),
                        agent.clockWithinNanos() / 1e6,
                        agent.isLost() ? ", LOST in mid-run" : ""))
                .toList();
    }

    private static void latency(List<String> lines, String name, Percentiles millis, boolean isVoid) {
        if (millis.count() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-24s p50 %,.1f  p90 %,.1f  p99 %,.1f  p99.9 %,.1f  max %,.1f ms%s",
                    name,
                    millis.p50(),
                    millis.p90(),
                    millis.p99(),
                    millis.p999(),
                    millis.max(),
                    isVoid ? "  (inconclusive: the generator was the limit)" : ""));
        }
    }

    private static String count(String label, long count) {
        return count == 0 ? "" : label + String.format(Locale.ROOT, "%,d", count);
    }
}
