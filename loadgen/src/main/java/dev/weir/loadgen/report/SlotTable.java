package dev.weir.loadgen.report;

import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.proxy.capacity.Capacity;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Slots of each proxy against the memory of its workers, before the load and at most; for runs in which slots were a matter. */
final class SlotTable {
    private SlotTable() {}

    /** Nothing unless a proxy was reloaded or its slots are a cause. */
    static List<String> lines(RunRecord run) {
        Figures figures = new Figures(run);
        boolean matters = run.causes().stream().anyMatch(cause -> cause.resource() == Resource.WORKER_PREALLOCATION)
                || run.hops().stream()
                        .anyMatch(hop -> figures.peak(hop.name(), "process", "workers.shutting-down")
                                        .orElse(0)
                                > 0);
        if (!matters) {
            return List.of();
        }
        TextTable table = new TextTable(
                "proxy", "workers", "slots each", "432 B a slot", "PSS before the load", "PSS at most", "workers then");
        for (Hop hop : run.hops()) {
            String workers = setting(run, hop, "worker_processes");
            String slots = setting(run, hop, "worker_connections");
            if (workers.matches("\\d{1,4}") && slots.matches("\\d{1,9}")) {
                long bytes = Capacity.preallocatedBytes(Integer.parseInt(workers), Integer.parseInt(slots));
                table.row(
                        hop.name(),
                        workers,
                        String.format(Locale.ROOT, "%,d", Integer.parseInt(slots)),
                        TextReport.figure((double) bytes, "bytes"),
                        Figures.show(figures.before(hop.name(), "process", "pss"), "bytes"),
                        Figures.show(figures.peak(hop.name(), "process", "pss"), "bytes"),
                        Figures.show(figures.peak(hop.name(), "process", "workers"), "1"));
            }
        }
        return table.lines();
    }

    private static String setting(RunRecord run, Hop hop, String name) {
        return Objects.toString(run.actual().get(hop.name() + "." + name), "");
    }
}
