package dev.weir.loadgen.compare;

import dev.weir.loadgen.outcome.VerdictRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two runs side by side. The same form is printed with {@code --json}.
 *
 * @param a the first run
 * @param b the second run
 * @param obstacles what makes figures incomparable, and which; empty when nothing does
 * @param settings settings that differ, as asked for or as they really were
 * @param moved figures whose spreads do not touch
 * @param unmoved how many figures were compared and did not move
 * @param causes causes that only one run has or that are ranked differently, and those that both share
 */
public record Comparison(
        Side a,
        Side b,
        List<Obstacle> obstacles,
        List<SettingChange> settings,
        List<Move> moved,
        int unmoved,
        List<CauseChange> causes) {
    public Comparison {
        obstacles = List.copyOf(obstacles);
        settings = List.copyOf(settings);
        moved = List.copyOf(moved);
        causes = List.copyOf(causes);
    }

    /**
     * Which run it is.
     *
     * @param where folder or file, as given
     * @param scenario null for a plain load
     * @param variant null for a plain load
     * @param started ISO 8601, UTC
     * @param verdict its verdict
     */
    public record Side(
            String where,
            @Nullable String scenario,
            @Nullable String variant,
            String started,
            VerdictRecord verdict) {}

    /**
     * Something that differs and is no setting.
     *
     * @param what e.g. {@code kernel}
     * @param a of the first run, empty when it has none
     * @param b of the second run, empty when it has none
     * @param voids which figures are not compared therefore, in words
     */
    public record Obstacle(String what, String a, String b, String voids) {}

    /**
     * A setting that differs.
     *
     * @param name with hop prefix
     * @param requestedA as asked for in the first run; empty when it was not said
     * @param actualA as it really was
     * @param requestedB as asked for in the second run
     * @param actualB as it really was
     */
    public record SettingChange(String name, String requestedA, String actualA, String requestedB, String actualB) {}

    /**
     * A figure that moved.
     *
     * @param of phase or hop
     * @param name e.g. {@code deliver intended p99}
     * @param unit {@code 1}, {@code ms}, {@code bytes}, {@code share}, {@code s} or {@code /s}
     * @param a in the first run
     * @param b in the second run
     */
    public record Move(String of, String name, String unit, Interval a, Interval b) {}

    /**
     * A cause that at least one of them has.
     *
     * @param resource what broke
     * @param hop where
     * @param rankA in the first run; empty when it is none there
     * @param rankB in the second run; empty when it is none there
     */
    public record CauseChange(String resource, String hop, String rankA, String rankB) {}
}
