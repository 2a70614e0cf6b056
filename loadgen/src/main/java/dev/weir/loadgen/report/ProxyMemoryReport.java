package dev.weir.loadgen.report;

import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.ProxyMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What each setting lets a connection that does not read take, in user space and in the kernel, as a table and as bars. Pure: a function of the records. */
public final class ProxyMemoryReport {
    private static final double PAGE_BYTES = 4_096;
    private static final int BAR_MAX = 60;

    private ProxyMemoryReport() {}

    /** Bytes of one connection of one run. */
    private record Taken(String name, OptionalDouble user, OptionalDouble kernel) {
        double sum() {
            return user.orElse(0) + kernel.orElse(0);
        }
    }

    /**
     * The table, and under it a bar for each row.
     *
     * @param runs one row each, in their order
     */
    public static List<String> lines(List<RunRecord> runs) {
        TextTable table = new TextTable(
                "a connection that does not read",
                "edge's own",
                "ingress's own",
                "kernel",
                "queued at agents",
                "at edge",
                "at ingress",
                "at gateway",
                "together",
                "held",
                "MB/s",
                "cpu s a GB: edge",
                "ingress",
                "gateway");
        List<Taken> taken = new ArrayList<>();
        for (RunRecord run : runs) {
            Figures figures = new Figures(run);
            long connections = opened(run);
            OptionalDouble edge = own(figures, "edge", connections);
            OptionalDouble ingress = own(figures, "ingress", connections);
            OptionalDouble pages = figures.rise("host", "sockstat", "TCP.mem");
            OptionalDouble kernel = pages.isEmpty() ? pages : each(pages.getAsDouble() * PAGE_BYTES, connections);
            Taken row = new Taken(String.valueOf(run.variant()), sum(edge, ingress), kernel);
            taken.add(row);
            table.row(
                    row.name(),
                    Figures.show(edge, "bytes"),
                    Figures.show(ingress, "bytes"),
                    Figures.show(kernel, "bytes"),
                    queued(figures, "agents", connections),
                    queued(figures, "edge", connections),
                    queued(figures, "ingress", connections),
                    queued(figures, "gateway", connections),
                    TextReport.figure(row.sum(), "bytes"),
                    held(run),
                    throughput(run),
                    cost(run, "edge"),
                    cost(run, "ingress"),
                    cost(run, "gateway"));
        }
        table.note(
                "own: PSS of its workers over what they had before; kernel: TCP memory of the whole host, both ends");
        table.note("MB/s and cpu: all readers reading, a GB delivered; cpu of all processes of the hop");
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.addAll(bars(taken));
        return lines;
    }

    private static long opened(RunRecord run) {
        return Math.max(1, Phase.opened(run.phases()));
    }

    private static OptionalDouble own(Figures figures, String hop, long connections) {
        OptionalDouble rise = figures.rise(hop, "process", "pss");
        return rise.isEmpty() ? rise : each(rise.getAsDouble(), connections);
    }

    private static OptionalDouble each(double bytes, long connections) {
        return OptionalDouble.of(Math.max(0, bytes) / connections);
    }

    private static OptionalDouble sum(OptionalDouble... figures) {
        return DoubleStream.of(List.of(figures).stream()
                        .flatMapToDouble(OptionalDouble::stream)
                        .toArray())
                .reduce(Double::sum);
    }

    /** Bytes in the queues of its sockets, of what it could not send on and what it has not read. */
    private static String queued(Figures figures, String hop, long connections) {
        OptionalDouble bytes = sum(figures.after(hop, "ss", "down.sendq"), figures.after(hop, "ss", "up.recvq"));
        return bytes.isEmpty() ? "-" : TextReport.figure(bytes.getAsDouble() / connections, "bytes");
    }

    private static String held(RunRecord run) {
        long held = run.phases().isEmpty()
                ? 0
                : run.phases().getLast().connections().heldAtEnd();
        return String.format(Locale.ROOT, "%,d of %,d", held, Phase.opened(run.phases()));
    }

    private static List<HopCost> costs(RunRecord run) {
        return run.phases().stream()
                .filter(phase -> phase.name().equals(ProxyMemory.STREAM))
                .flatMap(phase -> phase.costs().stream())
                .toList();
    }

    /** Time is what the costs were measured over: it ends with the last delivery, as finely as is looked. */
    private static String throughput(RunRecord run) {
        OptionalDouble seconds = costs(run).stream()
                .filter(cost -> cost.cpuShare() > 0)
                .mapToDouble(cost -> cost.cpuSeconds() / cost.cpuShare())
                .max();
        return seconds.isEmpty() ? "-" : String.format(Locale.ROOT, "%,.0f", bytes(run) / seconds.getAsDouble() / 1e6);
    }

    private static double bytes(RunRecord run) {
        return run.phases().stream()
                        .filter(phase -> phase.name().equals(ProxyMemory.STREAM))
                        .mapToDouble(phase -> (double) phase.deliveries().delivered())
                        .sum()
                * ProxyMemory.payloadBytes(String.valueOf(run.variant()));
    }

    private static String cost(RunRecord run, String hop) {
        double gigabytes = bytes(run) / 1e9;
        return costs(run).stream()
                .filter(cost -> cost.hop().equals(hop) && gigabytes > 0)
                .map(cost -> String.format(Locale.ROOT, "%.2f", cost.cpuSeconds() / gigabytes))
                .findFirst()
                .orElse("-");
    }

    private static List<String> bars(List<Taken> rows) {
        double most = rows.stream().mapToDouble(Taken::sum).max().orElse(0);
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Taken row : rows) {
            String bar = "█".repeat(length(row.user().orElse(0), most))
                    + "░".repeat(length(row.kernel().orElse(0), most));
            lines.add((row.name() + " ".repeat(width - row.name().length()) + "  " + bar).stripTrailing());
        }
        lines.add("█ the proxies' own memory, ░ the kernel's queues; the longest is " + TextReport.figure(most, "bytes")
                + " a connection");
        return lines;
    }

    private static int length(double bytes, double most) {
        return most <= 0 ? 0 : (int) Math.round(bytes / most * BAR_MAX);
    }
}
