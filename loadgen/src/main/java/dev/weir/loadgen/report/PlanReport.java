package dev.weir.loadgen.report;

import dev.weir.loadgen.plan.CapacityPlan;
import dev.weir.loadgen.plan.FittingProfile;
import dev.weir.loadgen.plan.HopPlan;
import dev.weir.loadgen.plan.Limit;
import dev.weir.loadgen.plan.Link;
import dev.weir.loadgen.plan.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a terminal shows of a plan. Pure: a function of it. */
public final class PlanReport {
    private static final String INDENT = "  ";

    private PlanReport() {}

    /** {@code weir plan}: the arithmetic of every hop, the first limit, a profile that fits. */
    public static List<String> plan(CapacityPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(plan));
        lines.add("");
        indent(lines, hops(plan));
        lines.add("");
        broken(lines, plan);
        risks(lines, plan);
        profile(lines, plan);
        return lines;
    }

    /** {@code weir doctor}: every limit of this host against the load, and the lines that raise those it passes. */
    public static List<String> doctor(CapacityPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(plan));
        lines.add("");
        indent(lines, limits(plan));
        lines.add("");
        lines.add(INDENT + tables(plan));
        lines.add("");
        broken(lines, plan);
        risks(lines, plan);
        return lines;
    }

    private static String headline(CapacityPlan plan) {
        Load load = plan.load();
        String chain = load.stations().stream()
                .map(station -> station.name() + (station.processes() == 1 ? "" : " × " + station.processes()))
                .collect(Collectors.joining(" → "));
        return count(load.connections()) + " connections over " + chain
                + (load.oneHost() ? ", all on one host: " : ", each process on a host of its own: ")
                + (plan.first().isEmpty() ? "nothing breaks" : count(plan.fits()) + " fit");
    }

    private static List<String> hops(CapacityPlan plan) {
        TextTable table = new TextTable(
                "hop",
                "processes",
                "connections each",
                "tuples planned",
                "all",
                "workers",
                "slots each",
                "files each",
                "process memory",
                "socket memory");
        for (HopPlan hop : plan.hops()) {
            Link link = hop.link();
            table.row(
                    hop.hop(),
                    count(hop.processes()),
                    count(hop.connectionsEach()),
                    link == null ? "-" : count(link.planned()),
                    link == null ? "-" : count(link.ceiling()),
                    hop.workers() == null ? "-" : count(hop.workers().workers()),
                    hop.workers() == null ? "-" : count(hop.workers().slots()),
                    count(hop.descriptorsEach()),
                    bytes(hop.userBytes()),
                    bytes(hop.kernelBytes()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("memory in all: " + bytes(plan.bytes()));
        return lines;
    }

    private static List<String> limits(CapacityPlan plan) {
        TextTable table = new TextTable("limit", "needed", "allowed", "of", "connections that fit", "");
        for (Limit limit : plan.limits()) {
            table.row(
                    limit.name(),
                    figure(limit.needed(), limit.unit()),
                    figure(limit.allowed(), limit.unit()),
                    limit.unit(),
                    limit.fits() >= Load.CONNECTIONS_MAX ? "any" : count(limit.fits()),
                    limit.breaks() ? "BREAKS" : limit.isPassed() ? "a risk" : "ok");
        }
        return table.lines();
    }

    private static String tables(CapacityPlan plan) {
        return switch (plan.tables()) {
            case NOT_NEEDED -> "descriptor tables of event loops' own: not needed";
            case USED ->
                "descriptor tables of event loops' own: used, at least "
                        + plan.hops().stream()
                                .filter(hop -> hop.tablesEach() > 1)
                                .map(hop -> hop.hop() + " " + count(hop.tablesEach()))
                                .collect(Collectors.joining(", "));
            case REFUSED -> "descriptor tables of event loops' own: would be needed, and cannot be had here";
        };
    }

    private static void broken(List<String> lines, CapacityPlan plan) {
        String word = "first limit: ";
        for (Limit limit : plan.limits()) {
            if (limit.breaks()) {
                lines.add(INDENT + word + limit.name() + ", at " + count(limit.fits()) + " connections");
                details(lines, limit);
                word = "then: ";
            }
        }
        if (plan.first().isEmpty()) {
            lines.add(INDENT + "no limit breaks it");
        }
    }

    private static void risks(List<String> lines, CapacityPlan plan) {
        for (Limit limit : plan.limits()) {
            if (limit.isPassed() && !limit.breaks()) {
                lines.add(INDENT + "a risk: " + limit.name() + ", from " + count(limit.fits()) + " connections on");
                details(lines, limit);
            }
        }
    }

    private static void details(List<String> lines, Limit limit) {
        lines.add(INDENT + INDENT + limit.says());
        lines.add(INDENT + INDENT + "fix: " + limit.fix());
        lines.add(INDENT + INDENT + "met in " + limit.report());
    }

    private static void profile(List<String> lines, CapacityPlan plan) {
        Map<String, Map<String, Long>> settings = FittingProfile.of(plan);
        if (settings.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(INDENT + "a profile for it, proxy-config/profiles/NAME.yaml:");
        lines.add(INDENT + INDENT + "base: tuned");
        settings.forEach((hop, values) -> {
            lines.add(INDENT + INDENT + hop + ":");
            values.forEach((name, value) -> lines.add(INDENT + INDENT + INDENT + name + ": " + value));
        });
    }

    private static String figure(long value, String unit) {
        return unit.equals("bytes") ? bytes(value) : count(value);
    }

    private static String bytes(long value) {
        return value < 1_000_000_000
                ? String.format(Locale.ROOT, "%,.0f MB", (double) value / 1e6)
                : String.format(Locale.ROOT, "%,.2f GB", (double) value / 1e9);
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static void indent(List<String> lines, List<String> more) {
        more.forEach(line -> lines.add(INDENT + line));
    }
}
