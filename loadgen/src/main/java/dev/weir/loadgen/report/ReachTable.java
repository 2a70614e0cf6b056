package dev.weir.loadgen.report;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How long a broadcast takes to reach its last member, and at what rate, by the size of the room. */
final class ReachTable {
    private ReachTable() {}

    /** Empty when no message was sent alone. */
    static List<String> lines(List<Phase> phases) {
        List<Phase> sent = phases.stream()
                .filter(phase -> !phase.reaches().isEmpty() && !phase.name().equals(Phase.WARM_UP))
                .toList();
        if (sent.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(
                "one by one",
                "messages",
                "members",
                "last has it after ms",
                "from",
                "to",
                "deliveries/s",
                "of the first");
        double first = median(sent.getFirst(), Reach::deliveriesPerSecond);
        boolean voided = false;
        for (Phase phase : sent) {
            String mark = Saturation.tripped(phase.generator()).isEmpty() ? "" : "*";
            voided |= !mark.isEmpty();
            double rate = median(phase, Reach::deliveriesPerSecond);
            table.row(
                    phase.name(),
                    count(phase.reaches().size()),
                    count(median(phase, Reach::deliveries)),
                    millis(median(phase, Reach::lastMillis)) + mark,
                    millis(phase.reaches().stream()
                            .mapToDouble(Reach::lastMillis)
                            .min()
                            .orElse(0)),
                    millis(phase.reaches().stream()
                            .mapToDouble(Reach::lastMillis)
                            .max()
                            .orElse(0)),
                    count(rate) + mark,
                    first > 0 ? String.format(Locale.ROOT, "%.2f", rate / first) : "-");
        }
        table.note(
                "medians over the messages; from when a message was due to its last delivery, both ends on the run's machines");
        if (voided) {
            table.note(
                    "* the load generator was itself at its limit: the server may have sent it sooner than it was counted");
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    private static double median(Phase phase, ToDoubleFunction<Reach> of) {
        double[] sorted = phase.reaches().stream().mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
