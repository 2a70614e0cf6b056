package dev.weir.loadgen.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The search for the highest multiple of a mix that keeps a threshold: doubling until one fails, then bisection.
 *
 * <p>A multiple that does not pass is tried once more before it counts, for a machine has other things to do now and then. One at which the
 * generator was itself the limit twice ends the search: what lies above is not known.
 *
 * <p><b>Threading:</b> immutable. <b>Bounds:</b> multiples from {@link #FACTOR_MIN} to {@link #FACTOR_MAX}, {@link #TRIALS_MAX} trials.
 *
 * @param passed the highest multiple that passed; 0 before one did
 * @param failed the lowest that did not; infinite before one did
 * @param tried the trials so far, in order
 */
public record RateSearch(double passed, double failed, List<Tried> tried) {
    /** Below this share of the mix nothing is tried. */
    public static final double FACTOR_MIN = 1.0 / 16;

    /** Above this multiple nothing is tried. */
    public static final double FACTOR_MAX = 64;

    /** A search ends after so many trials. */
    public static final int TRIALS_MAX = 20;

    /** How near the highest that passed and the lowest that did not must be: a noisy machine tells no finer. */
    private static final double RATIO_ENOUGH = 1.15;

    /** Before the first trial. */
    public static final RateSearch START = new RateSearch(0, Double.POSITIVE_INFINITY, List.of());

    public RateSearch {
        tried = List.copyOf(tried);
    }

    /**
     * A trial that was made.
     *
     * @param factor the multiple
     * @param trial how it went
     */
    public record Tried(double factor, Trial trial) {}

    /** The multiple to try next; empty when the search has ended. */
    public Optional<Double> next() {
        if (tried.size() >= TRIALS_MAX || voidAt().isPresent()) {
            return Optional.empty();
        }
        if (isToBeRepeated()) {
            return Optional.of(tried.getLast().factor());
        }
        double factor;
        if (tried.isEmpty()) {
            factor = 1;
        } else if (Double.isInfinite(failed)) {
            factor = passed * 2;
        } else if (passed == 0) {
            factor = failed / 2;
        } else {
            factor = (passed + failed) / 2;
        }
        boolean isNearEnough = passed > 0 && failed / passed <= RATIO_ENOUGH;
        return isNearEnough || factor > FACTOR_MAX || factor < FACTOR_MIN ? Optional.empty() : Optional.of(factor);
    }

    /** The search after the trial of what {@link #next} said. */
    public RateSearch with(double factor, Trial trial) {
        List<Tried> all = new ArrayList<>(tried);
        all.add(new Tried(factor, trial));
        return switch (trial.result()) {
            case PASSED -> new RateSearch(Math.max(passed, factor), failed, all);
            case FAILED -> new RateSearch(passed, wasTriedBefore(factor) ? Math.min(failed, factor) : failed, all);
            case VOID -> new RateSearch(passed, failed, all);
        };
    }

    private boolean wasTriedBefore(double factor) {
        return !tried.isEmpty() && tried.getLast().factor() == factor;
    }

    private boolean isToBeRepeated() {
        int count = tried.size();
        return count > 0
                && tried.getLast().trial().result() != Trial.Result.PASSED
                && (count < 2
                        || tried.get(count - 2).factor() != tried.getLast().factor());
    }

    /** The trial at which the generator was the limit when it was repeated; it ended the search. */
    public Optional<Tried> voidAt() {
        int count = tried.size();
        boolean isVoid = count > 1
                && tried.getLast().trial().result() == Trial.Result.VOID
                && tried.get(count - 2).factor() == tried.getLast().factor();
        return isVoid ? Optional.of(tried.getLast()) : Optional.empty();
    }

    /** The trial that set the lowest multiple that did not pass; empty when none did not. */
    public Optional<Tried> limitedAt() {
        return tried.stream()
                .filter(one -> one.factor() == failed && one.trial().result() == Trial.Result.FAILED)
                .reduce((first, last) -> last);
    }
}
