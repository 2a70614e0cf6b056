package dev.weir.loadgen.report;

import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Every hop in a row: sockets, memory, and what is queued on its two sides. */
final class HopTable {
    private static final List<String> HEAD = List.of(
            "hop",
            "sockets",
            "memory",
            "open files",
            "of",
            "cpu of a core",
            "unsent towards agents",
            "unread from next hop");

    private HopTable() {}

    static List<String> lines(RunRecord run) {
        Figures figures = new Figures(run);
        TextTable table = new TextTable(HEAD.toArray(String[]::new));
        List<String> names = new ArrayList<>(List.of("agents"));
        run.hops().stream().map(Hop::name).forEach(names::add);
        for (String hop : names) {
            table.row(
                    hop,
                    (figures.truncated() ? "≥ " : "") + Figures.show(sockets(figures, hop), "1"),
                    Figures.show(figures.peak(hop, "process", "pss"), "bytes"),
                    Figures.show(figures.peak(hop, "process", "descriptors"), "1"),
                    Figures.show(figures.peak(hop, "process", "descriptors.limit"), "1"),
                    Figures.show(figures.peak(hop, "process", "cpu.share"), "share"),
                    Figures.show(figures.peak(hop, "ss", "down.sendq"), "bytes"),
                    Figures.show(figures.peak(hop, "ss", "up.recvq"), "bytes"));
        }
        return table.lines();
    }

    private static OptionalDouble sockets(Figures figures, String hop) {
        OptionalDouble down = figures.peak(hop, "ss", "down.sockets");
        OptionalDouble up = figures.peak(hop, "ss", "up.sockets");
        return down.isEmpty() && up.isEmpty() ? down : OptionalDouble.of(down.orElse(0) + up.orElse(0));
    }
}
