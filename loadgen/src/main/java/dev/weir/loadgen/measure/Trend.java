package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a figure is heading: a line through its samples after the warm-up, and what is made of it.
 *
 * <p>It {@link Finding#RISES} when all of these hold: chance is ruled out ({@link LeastSquares#differsFromZero}); it rose by more than the steps in which
 * it moves anyway ({@link Followed#step}), by half of that in each half of the time, since a single event is no leak; and it would grow by more than
 * {@link #GROWTH_MAX} in a day. Nobody knows a day from half a minute: it is projected over {@link #PROJECTION_MAX} times what was watched at most, once
 * it has had time to settle ({@link Followed#settles}), and before that over no more than what was watched. These bounds are stated here and in
 * {@link Followed} and nowhere else.
 *
 * @param series what was followed
 * @param line empty with fewer than {@link #SAMPLES_MIN} samples
 * @param watchedHours from the first sample after the warm-up to the last
 * @param finding what is made of it
 */
public record Trend(Series series, Optional<LeastSquares> line, double watchedHours, Finding finding) {
    /** Samples after the warm-up, below which nothing is said. */
    public static final int SAMPLES_MIN = 5;

    /** Growth in 24 hours that is taken as flat, as a share of what it is now. */
    public static final double GROWTH_MAX = 0.25;

    /** Nothing is projected over more than this many times what was watched: 24 minutes speak for a day. */
    public static final double PROJECTION_MAX = 60;

    /** The load generator is no part of what is promised. */
    private static final String AGENTS = "agents";

    /** The hours that growth is projected over. */
    public static final double DAY_HOURS = 24;

    private static final double MILLIS_PER_HOUR = 3_600_000;

    /** What is made of a line. */
    public enum Finding {
        FLAT,
        RISES,
        /** It would rise, had it been watched for longer than it may take to settle. */
        SETTLES,
        FALLS,
        TOO_FEW
    }

    /** The trend of one series. */
    public static Trend of(Series series) {
        List<Double> hours = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < series.values().size(); i++) {
            if (series.atMillis().get(i) >= series.fromMillis()) {
                hours.add(series.atMillis().get(i) / MILLIS_PER_HOUR);
                values.add(series.values().get(i));
            }
        }
        int count = hours.size();
        double watched = hours.isEmpty() ? 0 : hours.getLast() - hours.getFirst();
        Optional<LeastSquares> line = count < SAMPLES_MIN ? Optional.empty() : LeastSquares.through(hours, values);
        if (line.isEmpty()) {
            return new Trend(series, line, watched, Finding.TOO_FEW);
        }
        double step = Followed.labelled(series.figure()).map(Followed::step).orElse(0.0);
        boolean isOnTheMove = line.get().differsFromZero()
                && Math.abs(line.get().rise()) > step
                && moves(hours.subList(0, (count + 1) / 2), values.subList(0, (count + 1) / 2), line.get(), step)
                && moves(hours.subList(count / 2, count), values.subList(count / 2, count), line.get(), step);
        Finding finding = isOnTheMove ? finding(line.get(), watched, series.figure()) : Finding.FLAT;
        return new Trend(series, line, watched, finding);
    }

    /** Whether a half does what the whole does; the middle one of an odd number of samples is in both. */
    private static boolean moves(List<Double> hours, List<Double> values, LeastSquares whole, double step) {
        return LeastSquares.through(hours, values)
                .filter(half -> half.rise() * Math.signum(whole.rise()) > step / 2)
                .isPresent();
    }

    private static Finding finding(LeastSquares line, double watched, String figure) {
        if (line.slope() < 0) {
            return Finding.FALLS;
        }
        double flat = GROWTH_MAX * line.last();
        if (line.slope() * horizonHours(watched, figure) > flat) {
            return Finding.RISES;
        }
        return line.slope() * Math.min(DAY_HOURS, PROJECTION_MAX * watched) > flat ? Finding.SETTLES : Finding.FLAT;
    }

    private static double horizonHours(double watched, String figure) {
        double settles = Followed.labelled(figure)
                .map(each -> each.settles().toMillis() / MILLIS_PER_HOUR)
                .orElse(0.0);
        return Math.min(DAY_HOURS, Math.max(watched, PROJECTION_MAX * (watched - settles)));
    }

    /** What growth is projected over: a day, or less where less was watched. */
    public double horizonHours() {
        return horizonHours(watchedHours, series.figure());
    }

    /** Growth along the line over {@link #horizonHours()}; 0 without a line. */
    public double projected() {
        return line.map(of -> of.slope() * horizonHours()).orElse(0.0);
    }

    /** Whether a promise rests on it: not on the load generator, and not on what other processes change. */
    public boolean isJudged() {
        return !series.hop().equals(AGENTS) && !series.figure().equals(Followed.PSS.label());
    }
}
