package dev.weir.loadgen.traffic;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.measure.Threshold;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How one multiple of a mix went.
 *
 * @param result what it shows
 * @param why what failed it, or what voids it; empty when it passed
 */
public record Trial(Result result, List<String> why) {
    /** A mix of which less than this share is answered was not kept up with, however fast the answers. */
    static final double ANSWERED_SHARE_MIN = 0.99;

    public Trial {
        why = List.copyOf(why);
    }

    /** What a trial shows. */
    public enum Result {
        PASSED,
        FAILED,
        /** The generator was itself the limit. */
        VOID
    }

    /** What a phase under a mix shows. */
    public static Trial of(Phase phase, Threshold threshold) {
        List<String> saturated = Saturation.tripped(phase.generator());
        if (!saturated.isEmpty()) {
            return new Trial(Result.VOID, saturated);
        }
        List<String> failed = new ArrayList<>();
        if (!threshold.passes(List.of(phase))) {
            failed.add("%s was missed: %s".formatted(threshold.text(), threshold.says(List.of(phase))));
        }
        for (InterfaceLoad load : phase.interfaces()) {
            if (load.answered() < ANSWERED_SHARE_MIN * load.asked()) {
                failed.add(String.format(
                        Locale.ROOT,
                        "%s answered %,d of %,d%s",
                        load.name(),
                        load.answered(),
                        load.asked(),
                        how(load)));
            }
        }
        if (phase.connections().closedCount() > 0) {
            failed.add(
                    "%,d held connections ended".formatted(phase.connections().closedCount()));
        }
        return new Trial(failed.isEmpty() ? Result.PASSED : Result.FAILED, failed);
    }

    private static String how(InterfaceLoad load) {
        return load.failed().stream()
                .max(Comparator.comparingLong(InterfaceLoad.HowMany::count))
                .map(way -> " (%,d %s)".formatted(way.count(), way.how()))
                .orElse("");
    }
}
