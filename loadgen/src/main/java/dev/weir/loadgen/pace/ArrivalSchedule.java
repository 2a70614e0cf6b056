package dev.weir.loadgen.pace;

/**
 * When arrivals are due.
 *
 * <p><b>Threading:</b> immutable.
 */
public sealed interface ArrivalSchedule permits AtOnce, ConstantRate, Stages, Jittered {
    /** Stands for an arrival that never comes. */
    long NEVER = Long.MAX_VALUE;

    /**
     * When an arrival is due. Later arrivals are never due earlier.
     *
     * @param index from 0
     * @return nanoseconds since the start, not negative; {@link #NEVER} when there are not that many
     */
    long dueNanos(long index);

    /** How many arrivals are due before a time, by bisection; {@code countMax} when more. */
    default long dueBefore(long nanos, long countMax) {
        long low = 0;
        long high = countMax;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (dueNanos(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
