package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.LoadOutcome;
import dev.weir.loadgen.agent.LoadSettings;
import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.measure.Threshold;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a plain load is judged by.
 *
 * @param thresholds one line each: passed, failed or inconclusive, with the measured value
 * @param saturation what made the generator itself the limit; empty when it kept up
 * @param shortfall why fewer connections were reached than asked for; empty when all were
 * @param exitCode what the command exits with
 */
record LoadVerdict(List<String> thresholds, List<String> saturation, List<String> shortfall, int exitCode) {
    static LoadVerdict of(
            LoadSettings settings, List<Threshold> thresholds, LoadOutcome outcome, List<RemoteAgent.Report> agents) {
        List<Phase> phases = outcome.phases();
        List<String> saturation = phases.stream()
                .flatMap(phase ->
                        Saturation.tripped(phase.generator()).stream().map(tripped -> phase.name() + ": " + tripped))
                .collect(Collectors.toCollection(ArrayList::new));
        List<String> lines = new ArrayList<>();
        boolean isInconclusive = false;
        boolean isFailed = false;
        for (Threshold threshold : thresholds) {
            Optional<String> voidBecause = threshold.voidBecause(phases);
            boolean isVoid = voidBecause.isPresent();
            boolean passes = threshold.passes(phases);
            isInconclusive |= isVoid;
            isFailed |= !isVoid && !passes;
            lines.add((isVoid ? "? " : passes ? "✓ " : "✗ ") + threshold.text() + "  measured " + threshold.says(phases)
                    + voidBecause.map(why -> ", inconclusive: " + why).orElse(""));
        }
        int lost = phases.stream()
                .mapToInt(phase -> phase.generator().lostAgents())
                .sum();
        if (lost > 0) {
            isInconclusive = true;
            saturation.add(lostLine(lost, agents));
        }
        long opened =
                phases.stream().mapToLong(phase -> phase.connections().opened()).sum();
        List<String> shortfall = opened >= settings.plan().connections()
                ? List.of()
                : List.of("%,d of %,d connections were opened"
                        .formatted(opened, settings.plan().connections()));
        return new LoadVerdict(
                lines,
                saturation,
                shortfall,
                exitCode(outcome.isInterrupted(), isFailed, isInconclusive, !shortfall.isEmpty()));
    }

    private static String lostLine(int lost, List<RemoteAgent.Report> agents) {
        String named = agents.stream()
                .filter(RemoteAgent.Report::isLost)
                .map(RemoteAgent.Report::agent)
                .collect(Collectors.joining(", "));
        return "%d of the agents ended or fell silent in mid-run%s: what their clients lived through is missing"
                .formatted(lost, named.isEmpty() ? "" : " (" + named + ")");
    }

    private static int exitCode(boolean interrupted, boolean failed, boolean inconclusive, boolean isShort) {
        if (interrupted) {
            return ExitCodes.INTERRUPTED;
        }
        if (failed) {
            return ExitCodes.THRESHOLD;
        }
        if (inconclusive) {
            return ExitCodes.INCONCLUSIVE;
        }
        return isShort ? ExitCodes.NOT_AS_EXPECTED : ExitCodes.OK;
    }

    VerdictRecord toRecord() {
        List<String> why = new ArrayList<>(thresholds);
        why.addAll(shortfall);
        why.addAll(saturation);
        return new VerdictRecord(null, null, exitCode == ExitCodes.OK, why);
    }
}
