package dev.weir.loadgen.compare;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** What the agents counted, phase by phase. A way to fail or to end that did not occur is left out: it is zero. */
final class CountFigures {
    private CountFigures() {}

    static List<Figure> of(RunRecord run) {
        List<Figure> figures = new ArrayList<>();
        for (Phase phase : run.phases()) {
            add(figures, phase, "opened", phase.connections().opened());
            add(figures, phase, "held at end", phase.connections().heldAtEnd());
            for (Failure failure : phase.connections().failed()) {
                add(figures, phase, "failed at " + failed(failure), failure.count());
            }
            for (Close close : phase.connections().closed()) {
                add(figures, phase, "ended " + ended(close), close.count());
            }
            deliveries(figures, phase, "", phase.deliveries());
            deliveries(figures, phase, "slow readers: ", phase.slowDeliveries());
            for (InterfaceLoad load : phase.interfaces()) {
                add(figures, phase, load.name() + " failed", load.failedCount());
                // Its own seconds say how far a rate is off.
                Interval rate = new Interval(
                        load.answeredPerSecond().mean(),
                        load.answeredPerSecond().min(),
                        load.answeredPerSecond().max());
                figures.add(new Figure(Figure.Kind.LATENCY, phase.name(), load.name() + " answered", "/s", rate));
            }
        }
        return figures;
    }

    private static void deliveries(List<Figure> figures, Phase phase, String whose, Deliveries of) {
        if (of.expected() == 0 && of.published() == 0) {
            return;
        }
        add(figures, phase, whose + "delivered", of.delivered());
        add(figures, phase, whose + "expected", of.expected());
        add(figures, phase, whose + "lost", of.lost());
        add(figures, phase, whose + "duplicated", of.duplicated());
        add(figures, phase, whose + "reordered", of.reordered());
    }

    private static void add(List<Figure> figures, Phase phase, String name, long count) {
        figures.add(new Figure(Figure.Kind.COUNT, phase.name(), name, "1", Interval.exact((double) count)));
    }

    private static String failed(Failure failure) {
        return failure.stage()
                + (failure.status() == 0 ? "" : " " + failure.status())
                + (failure.errno().isEmpty() ? "" : " " + failure.errno());
    }

    private static String ended(Close close) {
        return close.cohort() + " by " + close.by() + " (" + close.how() + ", " + close.code() + ")";
    }
}
