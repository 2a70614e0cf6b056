package dev.weir.loadgen.report;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Runs in which many connections ended at once, side by side. Pure: a function of their records. */
public final class StormReport {
    private static final List<String> HOPS = List.of("gateway", "ingress", "edge");
    private static final List<String> INTERFACES = List.of("api", "health", "connect");
    private static final String CALM = "calm";
    private static final String STORM = "storm";

    private StormReport() {}

    /**
     * The table.
     *
     * @param runs one row each, in their order
     */
    public static List<String> lines(List<RunRecord> runs) {
        TextTable table = new TextTable(
                "run",
                "connections",
                "ended",
                "gateway gone/late ms",
                "ingress",
                "edge",
                "delivery p99 ms",
                "api",
                "health",
                "new connection",
                "agents late ms",
                "agent cpu of a core");
        boolean marked = false;
        for (RunRecord run : runs) {
            Optional<Phase> storm = phase(run, STORM);
            String mark =
                    storm.filter(phase -> !Saturation.tripped(phase.generator()).isEmpty())
                                    .isPresent()
                            ? "*"
                            : "";
            marked |= !mark.isEmpty();
            long held = storm.map(phase -> phase.connections().heldAtEnd()).orElse(0L);
            long before = phase(run, CALM)
                    .map(phase -> phase.connections().heldAtEnd())
                    .orElse(held);
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(run.variant()));
            row.add(String.format(Locale.ROOT, "%,d", before));
            row.add(String.format(Locale.ROOT, "%,d", before - held));
            HOPS.forEach(hop -> row.add(teardown(new Figures(run), hop)));
            row.add(fromTo(run, StormReport::delivery) + mark);
            INTERFACES.forEach(each -> row.add(fromTo(run, phase -> answer(phase, each)) + mark));
            row.add(agentsLate(new Figures(run)));
            row.add(storm.flatMap(StormReport::agent)
                    .map(share -> TextReport.figure(share, "share"))
                    .orElse("-"));
            table.row(row.toArray(String[]::new));
        }
        table.note(
                "gone: until a hop had let go of all that ended; late: its longest delay from then on, by its loop or its page");
        table.note(
                "agents late: longest delay of their own loops before → while their connections were ended by others");
        table.note("p99 before → while they ended; of those that are left");
        if (marked) {
            table.note(
                    "* the load generator was itself at its limit in this phase: counts stand, latencies claim nothing");
        }
        return table.lines();
    }

    private static Optional<Phase> phase(RunRecord run, String name) {
        return run.phases().stream().filter(phase -> phase.name().equals(name)).findFirst();
    }

    private static String teardown(Figures figures, String hop) {
        String probe = hop.equals("gateway") ? "gateway" : "nginx-status";
        OptionalDouble freed = figures.peak(hop, probe, "teardown.freed");
        OptionalDouble late = figures.peak(hop, probe, "teardown.stall");
        return freed.isEmpty() ? "-" : String.format(Locale.ROOT, "%,.0f / %,.0f", freed.getAsDouble(), late.orElse(0));
    }

    private static String agentsLate(Figures figures) {
        OptionalDouble before = figures.peak("agents", "symptoms", "teardown.calm");
        OptionalDouble late = figures.peak("agents", "symptoms", "teardown.stall");
        return late.isEmpty() ? "-" : String.format(Locale.ROOT, "%,.0f → %,.0f", before.orElse(0), late.getAsDouble());
    }

    private interface Look {
        Optional<Double> at(Phase phase);
    }

    private static String fromTo(RunRecord run, Look look) {
        return words(phase(run, CALM).flatMap(look::at)) + " → "
                + words(phase(run, STORM).flatMap(look::at));
    }

    private static String words(Optional<Double> millis) {
        return millis.map(value -> String.format(Locale.ROOT, "%,.1f", value)).orElse("-");
    }

    private static Optional<Double> delivery(Phase phase) {
        return Optional.of(phase.latencyMillis().deliverIntended())
                .filter(latency -> latency.count() > 0)
                .map(latency -> latency.p99());
    }

    private static Optional<Double> answer(Phase phase, String name) {
        return phase.interfaces().stream()
                .filter(load -> load.name().equals(name) && load.answered() > 0)
                .map(InterfaceLoad::latencyMillis)
                .map(latency -> latency.intended().p99())
                .findFirst();
    }

    private static Optional<Double> agent(Phase phase) {
        return phase.costs().stream()
                .filter(cost -> cost.hop().equals("agents"))
                .map(HopCost::cpuShare)
                .findFirst();
    }
}
