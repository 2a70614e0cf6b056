package dev.weir.loadgen.report;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A failure and its fix side by side, in one table. Pure: a function of two records. */
public final class DemoReport {
    private static final int CELL_MAX = 46;
    /** Where bytes wait on their way to the agents: hop and key. */
    private static final List<List<String>> QUEUES = List.of(
            List.of("gateway", "down.sendq"),
            List.of("ingress", "up.recvq"),
            List.of("ingress", "down.sendq"),
            List.of("edge", "up.recvq"),
            List.of("edge", "down.sendq"),
            List.of("agents", "up.recvq"));

    private DemoReport() {}

    /**
     * The table.
     *
     * @param broken the run that broke
     * @param fixed the same load against the fix
     */
    public static List<String> lines(RunRecord broken, RunRecord fixed) {
        TextTable table = new TextTable("", "broken", "fixed");
        table.row("verdict", verdict(broken), verdict(fixed));
        table.row("cause on top", cause(broken), cause(fixed));
        both(table, "parked in the chain's sockets, at the peaks", broken, fixed, DemoReport::parked);
        both(table, "  unsent at the gateway", broken, fixed, of -> of.peak("gateway", "ss", "down.sendq"));
        both(table, "  unread at the ingress", broken, fixed, of -> of.peak("ingress", "ss", "up.recvq"));
        both(table, "  unsent at the ingress", broken, fixed, of -> of.peak("ingress", "ss", "down.sendq"));
        both(table, "  unread at the edge", broken, fixed, of -> of.peak("edge", "ss", "up.recvq"));
        both(table, "  unsent at the edge", broken, fixed, of -> of.peak("edge", "ss", "down.sendq"));
        both(table, "  unread at the agents", broken, fixed, of -> of.peak("agents", "ss", "up.recvq"));
        table.row(
                "slow readers cut by the edge (send_timeout)",
                Figures.show(edgeCuts(broken), "1"),
                Figures.show(edgeCuts(fixed), "1"));
        table.row(
                "slow readers cut by the gateway (3008)",
                Figures.show(gatewayCuts(broken), "1"),
                Figures.show(gatewayCuts(fixed), "1"));
        table.row("other readers: delivered", delivered(broken), delivered(fixed));
        table.row("other readers: delivery p99", latency(broken), latency(fixed));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add("what fixed it:");
        differences(broken, fixed).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static OptionalDouble parked(Figures of) {
        return QUEUES.stream()
                .map(queue -> of.peak(queue.getFirst(), "ss", queue.getLast()))
                .flatMapToDouble(OptionalDouble::stream)
                .reduce(Double::sum);
    }

    private interface Look {
        OptionalDouble at(Figures figures);
    }

    private static void both(TextTable table, String name, RunRecord broken, RunRecord fixed, Look look) {
        table.row(
                name,
                Figures.show(look.at(new Figures(broken)), "bytes"),
                Figures.show(look.at(new Figures(fixed)), "bytes"));
    }

    private static String verdict(RunRecord run) {
        String value = Objects.requireNonNullElse(run.verdict().value(), "-");
        return run.verdict().asExpected() ? value : value + " (NOT as expected)";
    }

    private static String cause(RunRecord run) {
        if (run.causes().isEmpty()) {
            return "none";
        }
        Cause top = run.causes().getFirst();
        String text =
                top.resource().id() + " at " + top.hop() + " (" + top.rank().id() + ")";
        return text.length() <= CELL_MAX ? text : text.substring(0, CELL_MAX - 1) + "…";
    }

    private static OptionalDouble edgeCuts(RunRecord run) {
        return new Figures(run).rise("edge", "error-log", "client-timed-out-upgraded");
    }

    private static OptionalDouble gatewayCuts(RunRecord run) {
        return run.evidence().stream()
                .filter(item -> item.probe().equals("gateway")
                        && item.key().contains("client_num_server_disconnects")
                        && item.key().contains("3008"))
                .mapToDouble(item -> item.after() - item.before())
                .reduce(Double::sum);
    }

    private static List<Phase> measured(RunRecord run) {
        return run.phases().stream()
                .filter(phase -> !phase.name().equals(Phase.WARM_UP))
                .toList();
    }

    private static String delivered(RunRecord run) {
        long delivered = 0;
        long expected = 0;
        for (Phase phase : measured(run)) {
            delivered += phase.deliveries().delivered();
            expected += phase.deliveries().expected();
        }
        return String.format(Locale.ROOT, "%,d of %,d", delivered, expected);
    }

    private static String latency(RunRecord run) {
        return measured(run).stream()
                .map(phase -> phase.latencyMillis().deliverIntended())
                .filter(latency -> latency.count() > 0)
                .findFirst()
                .map(latency -> String.format(Locale.ROOT, "%.1f ms", latency.p99()))
                .orElse("-");
    }

    private static List<String> differences(RunRecord broken, RunRecord fixed) {
        Map<String, Object> keys = new TreeMap<>(broken.requested());
        keys.putAll(fixed.requested());
        List<String> lines = new ArrayList<>();
        for (String key : keys.keySet()) {
            String before = setting(broken, key);
            String after = setting(fixed, key);
            if (!before.equals(after) && !key.equals("profile")) {
                lines.add(key + ": " + before + " → " + after);
            }
        }
        return lines;
    }

    private static String setting(RunRecord run, String key) {
        Object value = run.actual().getOrDefault(key, run.requested().get(key));
        return value == null ? "default" : value.toString();
    }
}
