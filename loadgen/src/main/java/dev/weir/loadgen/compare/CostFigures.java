package dev.weir.loadgen.compare;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** What each hop took of the machine: memory, processor, and what was queued at it. */
final class CostFigures {
    private CostFigures() {}

    static List<Figure> of(RunRecord run) {
        List<Figure> figures = new ArrayList<>();
        for (Evidence item : run.evidence()) {
            switch (item.probe() + " " + item.key()) {
                case "process pss" -> {
                    memory(figures, item.hop(), "memory at its peak", item.peak());
                    memory(figures, item.hop(), "memory at the end", item.after());
                }
                case "process cpu.share" ->
                    figures.add(cost(
                            item.hop(),
                            "cpu in the busiest second",
                            "share",
                            Interval.exact(item.peak()).atLeast(Spread.CPU_SHARE, Spread.CPU_LEAST)));
                case "ss down.sendq" -> memory(figures, item.hop(), "unsent towards agents, peak", item.peak());
                case "ss up.recvq" -> memory(figures, item.hop(), "unread from next hop, peak", item.peak());
                default -> {
                    // Counters stand for causes, and those are compared.
                }
            }
        }
        for (Phase phase : run.phases()) {
            for (HopCost cost : phase.costs()) {
                figures.add(cost(
                        cost.hop(),
                        "cpu in " + phase.name(),
                        "s",
                        Interval.exact(cost.cpuSeconds()).atLeast(Spread.CPU_SHARE, Spread.CPU_LEAST)));
            }
        }
        return figures;
    }

    private static void memory(List<Figure> figures, String hop, String name, double bytes) {
        figures.add(cost(hop, name, "bytes", Interval.exact(bytes).atLeast(Spread.MEMORY_SHARE, Spread.MEMORY_BYTES)));
    }

    private static Figure cost(String hop, String name, String unit, Interval is) {
        return new Figure(Figure.Kind.COST, hop, name, unit, is);
    }
}
