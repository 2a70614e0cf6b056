package dev.weir.loadgen.diagnose;

import java.util.Comparator;
import java.util.List;

/** Connections that were cut at one moment. */
final class CloseWave {
    /** A worker that was replaced is one message in the log; this many cuts are its close wave. */
    static final long CUTS_MIN = 10;

    /** The kernel closes all sockets of a process at once; this much later the last of its closes has been seen. */
    static final long WAVE_MILLIS_MAX = 2_000;

    private CloseWave() {}

    /** The largest kind of cut that came at one moment, with the others of that moment. */
    static List<Facts.Closed> of(Facts facts) {
        List<Facts.Closed> sudden = facts.closes(Facts::cut).stream()
                .filter(cut -> cut.lastMillis() - cut.firstMillis() <= WAVE_MILLIS_MAX)
                .toList();
        return sudden.stream()
                .max(Comparator.comparingLong(cut -> cut.close().count()))
                .map(largest -> sudden.stream()
                        .filter(cut -> Math.abs(cut.firstMillis() - largest.firstMillis()) <= WAVE_MILLIS_MAX)
                        .toList())
                .orElse(List.of());
    }

    /** The symptoms of these cuts. */
    static Citing cite(Citing citing, Facts facts, List<Facts.Closed> cuts) {
        cuts.forEach(cut -> citing.and(facts.symptom(Symptoms.closedKey(cut.close()))));
        return citing;
    }

    /** From the first of the cuts to the last. */
    static double spanMillis(List<Facts.Closed> cuts) {
        long first = cuts.stream().mapToLong(Facts.Closed::firstMillis).min().orElse(0);
        long last = cuts.stream().mapToLong(Facts.Closed::lastMillis).max().orElse(0);
        return (double) (last - first);
    }
}
