package dev.weir.loadgen.report;

import dev.weir.loadgen.measure.Median;
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

    /** Empty when no message was sent alone, or none of these reached anybody. */
    static List<String> lines(List<Phase> phases) {
        List<Phase> sent = phases.stream()
                .filter(phase ->
                        !phase.name().equals(Phase.WARM_UP) && !reached(phase).isEmpty())
                .toList();
        if (sent.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(
                "one by one", "messages", "delivered", "last after ms", "from", "to", "deliveries/s", "of the first");
        double first = median(sent.getFirst(), Reach::deliveriesPerSecond);
        boolean voided = false;
        for (Phase phase : sent) {
            voided |= isVoid(phase);
            String mark = isVoid(phase) ? "*" : "";
            double rate = median(phase, Reach::deliveriesPerSecond);
            List<Double> millis =
                    reached(phase).stream().map(Reach::lastMillis).sorted().toList();
            table.row(
                    phase.name(),
                    TextTable.whole(millis.size()),
                    TextTable.whole(median(phase, Reach::deliveries)),
                    TextTable.whole(median(phase, Reach::lastMillis)) + mark,
                    TextTable.whole(millis.getFirst()) + mark,
                    TextTable.whole(millis.getLast()) + mark,
                    TextTable.whole(rate) + mark,
                    String.format(Locale.ROOT, "%.2f", rate / first)
                            + (isVoid(phase) || isVoid(sent.getFirst()) ? "*" : ""));
        }
        table.note("medians over the messages; from when a message was due to its last delivery");
        if (voided) {
            table.note(
                    "* the load generator was itself at its limit: the server may have sent it sooner than it was counted");
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    private static List<Reach> reached(Phase phase) {
        return phase.reaches().stream()
                .filter(reach -> reach.deliveriesPerSecond() > 0)
                .toList();
    }

    private static boolean isVoid(Phase phase) {
        return !Saturation.tripped(phase.generator()).isEmpty();
    }

    private static double median(Phase phase, ToDoubleFunction<Reach> of) {
        return Median.of(reached(phase).stream().mapToDouble(of).toArray());
    }
}
