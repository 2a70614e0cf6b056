package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.GeneratorLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * When the load generator was itself the limit. Then latency, rates and slow-reader claims are inconclusive; counts stand.
 *
 * <p>These thresholds are stated here and nowhere else.
 */
public final class Saturation {
    /** Event loops that run later than this at the 99th percentile are too busy to measure. */
    public static final double LOOP_DELAY_MILLIS_P99_MAX = 100;

    /** Messages or connects that leave later than this at the 99th percentile are not the load that was asked for. */
    public static final double LATE_SENDS_MILLIS_P99_MAX = 100;

    /** An agent that uses more than this share of the CPU it may use has no room to be on time. */
    public static final double CPU_SHARE_MAX = 0.9;

    private Saturation() {}

    /** What tripped, each as a sentence with its figures; empty when the generator kept up. */
    public static List<String> tripped(GeneratorLoad load) {
        List<String> tripped = new ArrayList<>();
        add(tripped, "event loops of the agents ran late by", load.loopDelayMillisP99(), LOOP_DELAY_MILLIS_P99_MAX);
        add(tripped, "sends of the agents left late by", load.lateSendsMillisP99(), LATE_SENDS_MILLIS_P99_MAX);
        if (load.cpuShare() > CPU_SHARE_MAX) {
            tripped.add(String.format(
                    Locale.ROOT,
                    "agents used %.0f %% of the CPU they may use, more than %.0f %%",
                    load.cpuShare() * 100,
                    CPU_SHARE_MAX * 100));
        }
        return List.copyOf(tripped);
    }

    private static void add(List<String> tripped, String what, double millis, double millisMax) {
        if (millis > millisMax) {
            tripped.add(String.format(Locale.ROOT, "%s %.0f ms at p99, more than %.0f ms", what, millis, millisMax));
        }
    }
}
