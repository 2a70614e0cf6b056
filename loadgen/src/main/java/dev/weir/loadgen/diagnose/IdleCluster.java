package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Percentiles;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Connections that were cut after one and the same silence.
 *
 * @param closes the kinds of close that belong to it
 * @param idleMillis the silence: the median of the largest kind
 * @param spreadMillis how far the middle 80 % lie apart at most
 * @param spanMillis time between the first and the last of the cuts
 */
record IdleCluster(List<Facts.Closed> closes, double idleMillis, double spreadMillis, long spanMillis) {
    /** Shorter silences are the pauses of any traffic. */
    private static final double IDLE_MILLIS_MIN = 500;
    /** A timer fires late by scheduling and by the second between two messages: this much of its value … */
    private static final double SPREAD_SHARE_MAX = 0.25;
    /** … or this much in all. */
    private static final double SPREAD_MILLIS_MAX = 500;
    /** The cuts must lie this many times further apart than the silences, else one moment explains them as well as a timer … */
    private static final double SPAN_TO_SPREAD_MIN = 3;
    /** … and silences are not known better than this. */
    private static final double PRECISION_MILLIS = 250;

    static Optional<IdleCluster> of(List<Facts.Closed> cuts) {
        List<Facts.Closed> tight =
                cuts.stream().filter(cut -> tight(cut.close().idleMillis())).toList();
        Optional<Facts.Closed> largest =
                tight.stream().max(Comparator.comparingLong(cut -> cut.close().count()));
        return largest.map(cut -> around(cut.close().idleMillis().p50(), tight));
    }

    /** All cuts after a known silence as one, however far their silences lie apart. */
    static Optional<IdleCluster> loose(List<Facts.Closed> cuts) {
        List<Facts.Closed> known =
                cuts.stream().filter(cut -> cut.close().idleMillis().p50() > 0).toList();
        return known.stream()
                .max(Comparator.comparingLong(cut -> cut.close().count()))
                .map(cut -> of(known, cut.close().idleMillis().p50()));
    }

    private static IdleCluster around(double centre, List<Facts.Closed> tight) {
        List<Facts.Closed> members = tight.stream()
                .filter(cut -> Math.abs(cut.close().idleMillis().p50() - centre) <= tolerance(centre))
                .toList();
        return of(members, centre);
    }

    private static IdleCluster of(List<Facts.Closed> members, double centre) {
        double spread = members.stream()
                .mapToDouble(cut -> spread(cut.close().idleMillis()))
                .max()
                .orElse(0);
        long first = members.stream().mapToLong(Facts.Closed::firstMillis).min().orElse(0);
        long last = members.stream().mapToLong(Facts.Closed::lastMillis).max().orElse(0);
        return new IdleCluster(members, centre, spread, last - first);
    }

    /** Whether the silences are equal enough to be one timer's. */
    boolean tight() {
        return spreadMillis <= tolerance(idleMillis);
    }

    /** Whether the cuts themselves are spread over time, so that only a timer per connection explains the equal silences. */
    boolean unlikeOneMoment() {
        return spanMillis >= SPAN_TO_SPREAD_MIN * Math.max(spreadMillis, PRECISION_MILLIS);
    }

    long count() {
        return Facts.total(closes);
    }

    Close largest() {
        return closes.stream()
                .map(Facts.Closed::close)
                .max(Comparator.comparingLong(Close::count))
                .orElseThrow();
    }

    private static boolean tight(Percentiles idle) {
        return idle.count() > 0 && idle.p50() >= IDLE_MILLIS_MIN && spread(idle) <= tolerance(idle.p50());
    }

    private static double spread(Percentiles idle) {
        return idle.p90() - idle.p10();
    }

    private static double tolerance(double centreMillis) {
        return Math.max(SPREAD_MILLIS_MAX, SPREAD_SHARE_MAX * centreMillis);
    }
}
