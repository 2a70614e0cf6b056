package dev.weir.loadgen.compare;

import dev.weir.loadgen.compare.Comparison.Obstacle;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What of two runs can be compared. */
final class Grounds {
    private static final String ALL = "counts, latencies and costs";
    private static final String TIMES = "latencies and costs";

    private final List<Obstacle> obstacles = new ArrayList<>();
    private final Set<Figure.Kind> voided = EnumSet.noneOf(Figure.Kind.class);
    private final Set<String> latenciesVoided = new HashSet<>();
    private final Set<String> apart = new HashSet<>();

    private Grounds() {}

    static Grounds of(RunView a, RunView b) {
        Grounds grounds = new Grounds();
        grounds.wholeRun(a.run(), b.run());
        if (grounds.voided.size() < Figure.Kind.values().length) {
            grounds.parts(a, b);
        }
        return grounds;
    }

    List<Obstacle> obstacles() {
        return List.copyOf(obstacles);
    }

    boolean isVoid(Figure figure) {
        return voided.contains(figure.kind())
                || apart.contains(figure.of())
                || (figure.kind() == Figure.Kind.LATENCY && latenciesVoided.contains(figure.of()));
    }

    private void wholeRun(RunRecord a, RunRecord b) {
        Set<Figure.Kind> all = EnumSet.allOf(Figure.Kind.class);
        Set<Figure.Kind> times = EnumSet.of(Figure.Kind.LATENCY, Figure.Kind.COST);
        unlessEqual("scenario", name(a.scenario()), name(b.scenario()), all, ALL);
        unlessEqual("connections", connections(a), connections(b), all, ALL);
        unlessEqual("topology", a.topology(), b.topology(), times, TIMES);
        unlessEqual("kernel", a.host().kernel(), b.host().kernel(), times, TIMES);
        unlessEqual(
                "processors",
                Integer.toString(a.host().cores()),
                Integer.toString(b.host().cores()),
                times,
                TIMES);
        unlessEqual(
                "memory of the host",
                a.host().memoryBytes() + " bytes",
                b.host().memoryBytes() + " bytes",
                times,
                TIMES);
    }

    private void unlessEqual(String what, String a, String b, Set<Figure.Kind> kinds, String voids) {
        if (!a.equals(b)) {
            voided.addAll(kinds);
            obstacles.add(new Obstacle(what, a, b, voids));
        }
    }

    private void parts(RunView a, RunView b) {
        onlyInOne("phase", names(a.run(), Phase::name), names(b.run(), Phase::name));
        onlyInOne(
                "hop",
                a.run().hops().stream().map(Hop::name).toList(),
                b.run().hops().stream().map(Hop::name).toList());
        if (voided.contains(Figure.Kind.LATENCY)) {
            return;
        }
        if (a.micros().isEmpty() || b.micros().isEmpty()) {
            obstacles.add(new Obstacle(
                    "latency.hlog", there(a), there(b), "latencies, which are compared by their histograms"));
        }
        saturated(a, b);
    }

    private static String there(RunView view) {
        return view.micros().isPresent() ? "there" : "not there";
    }

    private void onlyInOne(String what, List<String> a, List<String> b) {
        Set<String> all = new LinkedHashSet<>(a);
        all.addAll(b);
        for (String name : all) {
            if (!a.contains(name) || !b.contains(name)) {
                apart.add(name);
                obstacles.add(new Obstacle(
                        what + " " + name,
                        a.contains(name) ? "there" : "not there",
                        b.contains(name) ? "there" : "not there",
                        "figures of this " + what));
            }
        }
    }

    private void saturated(RunView a, RunView b) {
        List<String> left = LatencyFigures.saturated(a);
        List<String> right = LatencyFigures.saturated(b);
        Set<String> all = new LinkedHashSet<>(left);
        all.addAll(right);
        for (String phase : all) {
            latenciesVoided.add(phase);
            if (!apart.contains(phase)) {
                obstacles.add(new Obstacle(
                        "generator in " + phase,
                        left.contains(phase) ? "at its limit" : "kept up",
                        right.contains(phase) ? "at its limit" : "kept up",
                        "latencies and rates of this phase"));
            }
        }
    }

    private static List<String> names(RunRecord run, Function<Phase, String> name) {
        return run.phases().stream().map(name).distinct().toList();
    }

    private static String name(@Nullable String scenario) {
        return Objects.requireNonNullElse(scenario, "load");
    }

    private static String connections(RunRecord run) {
        Object said = run.actual().get("connections");
        if (said != null) {
            return said.toString();
        }
        return run.phases().isEmpty()
                ? "unknown"
                : Long.toString(run.phases().getFirst().connections().target());
    }
}
