package dev.weir.loadgen.pace;

/**
 * Arrivals at equal distances: number i is due i / rate seconds after the start.
 *
 * @param perSecond greater than 0
 */
public record ConstantRate(double perSecond) implements ArrivalSchedule {
    private static final double NANOS_PER_SECOND = 1e9;

    public ConstantRate {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("perSecond must be > 0: perSecond=" + perSecond);
        }
    }

    @Override
    public long dueNanos(long index) {
        // Computed from the index, not added up: an error of rounding does not grow. Beyond the range of long it
        // saturates.
        return (long) (index * NANOS_PER_SECOND / perSecond);
    }
}
