package dev.weir.loadgen.report;

import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.plan.Descriptors;
import dev.weir.loadgen.plan.MemoryModel;
import dev.weir.loadgen.plan.Workers;
import dev.weir.proxy.capacity.WorkerBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Memory of every hop with the connections held, beside what the planner's model says, as a table and as bars.
 *
 * <p>Kernel memory of sockets is what it cannot take back and did not have before. What is available falls by as much, and also by whatever
 * other processes of the machine take meanwhile.
 */
final class MemoryTable {
    /** Below this, what a process takes for itself hides what connections take. */
    private static final long HELD_MIN = 1_000;

    private static final double HELD_SHARE_MIN = 0.9;

    private static final int BAR_MAX = 30;

    private final RunRecord run;
    private final Figures figures;
    private final long held;
    private final List<Row> rows = new ArrayList<>();

    /** What one row compares, in bytes of all connections together. */
    private record Row(String what, OptionalDouble before, OptionalDouble held, OptionalDouble model) {}

    private MemoryTable(RunRecord run, long held) {
        this.run = run;
        this.figures = new Figures(run);
        this.held = held;
    }

    /** Nothing when few connections were held at the end, or many less than before: memory is what all of them took. */
    static List<String> lines(RunRecord run) {
        long held = run.phases().isEmpty()
                ? 0
                : run.phases().getLast().connections().heldAtEnd();
        long most = run.phases().stream()
                .mapToLong(phase -> phase.connections().heldAtEnd())
                .max()
                .orElse(0);
        return held < HELD_MIN || held < HELD_SHARE_MIN * most ? List.of() : new MemoryTable(run, held).lines();
    }

    private List<String> lines() {
        process("agents", agents());
        for (Hop hop : run.hops()) {
            if (hop.kind().equals("gateway")) {
                process(hop.name(), OptionalDouble.of((double) MemoryModel.GATEWAY.bytes(share(hop))));
                rows.add(new Row(
                        hop.name() + " heap",
                        figures.before(hop.name(), "gateway", "heap_used_bytes"),
                        figures.after(hop.name(), "gateway", "heap_used_bytes"),
                        OptionalDouble.empty()));
            } else {
                process(hop.name(), proxy(hop));
            }
        }
        kernel();
        if (rows.stream().allMatch(row -> row.held().isEmpty())) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(table().lines());
        lines.addAll(bars());
        return lines;
    }

    private void process(String hop, OptionalDouble model) {
        double masterBefore = figures.before(hop, "process", "master.pss").orElse(0);
        double masterAfter = figures.after(hop, "process", "master.pss").orElse(0);
        rows.add(new Row(
                hop,
                plus(figures.before(hop, "process", "pss"), masterBefore),
                plus(figures.after(hop, "process", "pss"), masterAfter),
                model));
    }

    /** Of one process; several children are shown by the first of them, for which the model knows no share. */
    private OptionalDouble agents() {
        long limit = number(run.host().limits().getOrDefault("nofile", ""), Long.MAX_VALUE);
        boolean alone = held <= new Descriptors(limit, false).perTable();
        return OptionalDouble.of(
                (double) (alone ? MemoryModel.agent(run.host().memoryBytes()) : MemoryModel.child(held)).bytes(held));
    }

    /** From the settings that the record says were in force; empty when it says none, as of a foreign chain. */
    private OptionalDouble proxy(Hop hop) {
        if (hop.kind().equals("haproxy")) {
            return OptionalDouble.of((double) MemoryModel.haproxyBytes(share(hop)));
        }
        long workers = setting(hop, "worker_processes");
        long slots = setting(hop, "worker_connections");
        long buffer = size(hop, "proxy_buffer_size");
        long header = size(hop, "client_header_buffer_size");
        if (workers == 0 || slots == 0 || buffer == 0 || header == 0) {
            return OptionalDouble.empty();
        }
        WorkerBudget budget = new WorkerBudget((int) workers, (int) slots, 0);
        return OptionalDouble.of((double)
                MemoryModel.nginxBytes(budget, new Workers((int) workers, (int) slots, buffer, header), share(hop)));
    }

    /** Connections of one of several processes that do the same. */
    private long share(Hop hop) {
        String tier = hop.name().replaceFirst("-\\d+$", "");
        long members = run.hops().stream()
                .filter(other -> other.name().replaceFirst("-\\d+$", "").equals(tier))
                .count();
        return Math.ceilDiv(held, members);
    }

    private void kernel() {
        OptionalDouble sockets = figures.rise("host", "sockstat", "TCP.alloc");
        rows.add(new Row(
                "kernel sockets",
                OptionalDouble.of(0),
                figures.rise("host", "host", "memory.kernel"),
                sockets.isEmpty() ? sockets : OptionalDouble.of(sockets.getAsDouble() * MemoryModel.SOCKET_BYTES)));
        OptionalDouble pages = figures.peak("host", "sockstat", "TCP.mem");
        rows.add(new Row(
                "kernel queues, at most",
                OptionalDouble.of(0),
                pages.isEmpty() ? pages : OptionalDouble.of(pages.getAsDouble() * MemoryModel.PAGE_BYTES),
                OptionalDouble.empty()));
    }

    private TextTable table() {
        TextTable table = new TextTable("memory", "before", "held", "bytes a connection", "model", "model is off by");
        for (Row row : rows) {
            table.row(
                    row.what(),
                    Figures.show(row.before(), "bytes"),
                    Figures.show(row.held(), "bytes"),
                    each(row.held()),
                    each(row.model()),
                    deviation(row));
        }
        return table;
    }

    private List<String> bars() {
        double most =
                rows.stream().mapToDouble(row -> row.held().orElse(0)).max().orElse(0);
        int width = rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            int length = most <= 0 ? 0 : (int) Math.round(Math.max(0, row.held().orElse(0)) / most * BAR_MAX);
            lines.add(
                    (row.what() + " ".repeat(width - row.what().length()) + "  " + "█".repeat(length)).stripTrailing());
        }
        return lines;
    }

    private String each(OptionalDouble bytes) {
        return bytes.isEmpty() ? "-" : String.format(Locale.ROOT, "%,.0f", bytes.getAsDouble() / held);
    }

    private static String deviation(Row row) {
        if (row.held().isEmpty() || row.model().isEmpty() || row.held().getAsDouble() <= 0) {
            return "-";
        }
        return String.format(
                Locale.ROOT, "%+.0f %%", (row.model().getAsDouble() / row.held().getAsDouble() - 1) * 100);
    }

    private static OptionalDouble plus(OptionalDouble value, double more) {
        return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() + more);
    }

    private long setting(Hop hop, String name) {
        return number(Objects.toString(run.actual().get(hop.name() + "." + name), ""), 0);
    }

    /** A size as nginx has it. */
    private long size(Hop hop, String name) {
        String text = Objects.toString(run.actual().get(hop.name() + "." + name), "");
        boolean kilo = text.endsWith("k");
        return number(kilo ? text.substring(0, text.length() - 1) : text, 0) * (kilo ? 1_024 : 1);
    }

    private static long number(String text, long otherwise) {
        return text.matches("\\d{1,12}") ? Long.parseLong(text) : otherwise;
    }
}
