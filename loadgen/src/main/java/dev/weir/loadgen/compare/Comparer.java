package dev.weir.loadgen.compare;

import dev.weir.loadgen.compare.Comparison.CauseChange;
import dev.weir.loadgen.compare.Comparison.Move;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts two runs side by side. Pure: a function of the two. */
public final class Comparer {
    private final Grounds grounds;
    private final List<Move> moved = new ArrayList<>();
    private int unmoved;

    private Comparer(Grounds grounds) {
        this.grounds = grounds;
    }

    /** Everything that differs between two runs, and what cannot be told. */
    public static Comparison compare(RunView a, RunView b) {
        Comparer comparer = new Comparer(Grounds.of(a, b));
        comparer.counts(CountFigures.of(a.run()), CountFigures.of(b.run()));
        comparer.others(LatencyFigures.of(a), LatencyFigures.of(b));
        comparer.others(CostFigures.of(a.run()), CostFigures.of(b.run()));
        return new Comparison(
                side(a),
                side(b),
                comparer.grounds.obstacles(),
                SettingChanges.between(a.run(), b.run()),
                comparer.moved,
                comparer.unmoved,
                causes(a.run(), b.run()));
    }

    private static Comparison.Side side(RunView view) {
        RunRecord run = view.run();
        return new Comparison.Side(view.where(), run.scenario(), run.variant(), run.started(), run.verdict());
    }

    /** A count that is not there is zero, since all that were not zero are. */
    private void counts(List<Figure> a, List<Figure> b) {
        Map<String, Figure> left = byKey(a);
        Map<String, Figure> right = byKey(b);
        Map<String, Figure> all = new LinkedHashMap<>(left);
        right.forEach(all::putIfAbsent);
        all.forEach((key, sample) -> compare(
                sample,
                Optional.ofNullable(left.get(key)).map(Figure::is).orElse(Interval.exact(0)),
                Optional.ofNullable(right.get(key)).map(Figure::is).orElse(Interval.exact(0))));
    }

    /** A figure that only one of them has was not read in the other: nothing is said of it. */
    private void others(List<Figure> a, List<Figure> b) {
        Map<String, Figure> right = byKey(b);
        byKey(a).forEach((key, figure) -> {
            Figure other = right.get(key);
            if (other != null) {
                compare(figure, figure.is(), other.is());
            }
        });
    }

    private void compare(Figure sample, Interval a, Interval b) {
        if (grounds.isVoid(sample)) {
            return;
        }
        if (a.isApartFrom(b)) {
            moved.add(new Move(sample.of(), sample.name(), sample.unit(), a, b));
        } else {
            unmoved++;
        }
    }

    /** Counts of phases of one name are added; of other figures the first stands. */
    private static Map<String, Figure> byKey(List<Figure> figures) {
        Map<String, Figure> byKey = new LinkedHashMap<>();
        figures.forEach(figure -> byKey.merge(
                figure.key(),
                figure,
                (one, other) -> one.kind() == Figure.Kind.COUNT
                        ? new Figure(
                                one.kind(),
                                one.of(),
                                one.name(),
                                one.unit(),
                                Interval.exact(one.is().value() + other.is().value()))
                        : one));
        return byKey;
    }

    private static List<CauseChange> causes(RunRecord a, RunRecord b) {
        Map<String, String> left = ranks(a);
        Map<String, String> right = ranks(b);
        Map<String, String> all = new LinkedHashMap<>(left);
        right.forEach(all::putIfAbsent);
        return all.keySet().stream()
                .map(key -> {
                    String[] parts = key.split("@", 2);
                    return new CauseChange(parts[0], parts[1], left.getOrDefault(key, ""), right.getOrDefault(key, ""));
                })
                .toList();
    }

    private static Map<String, String> ranks(RunRecord run) {
        Map<String, String> ranks = new LinkedHashMap<>();
        for (Cause cause : run.causes()) {
            ranks.putIfAbsent(
                    cause.resource().id() + "@" + cause.hop(), cause.rank().id());
        }
        return ranks;
    }
}
