package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.Cohort;

/**
 * Which connections read how, by ordinal: the first stall, the next are throttled, the others are normal.
 *
 * @param stalledTo ordinals below this stall
 * @param throttledTo ordinals from {@code stalledTo} to below this are throttled
 * @param throttledBytesPerSecond what each throttled one takes
 */
public record ReadShare(int stalledTo, int throttledTo, long throttledBytesPerSecond) {
    /** All read as fast as they can. */
    static final ReadShare NORMAL = new ReadShare(0, 0, 0);

    private static final int READ_MAX = 1_024 * 1_024;

    Cohort cohort(int ordinal) {
        if (ordinal < stalledTo) {
            return Cohort.STALLED;
        }
        return ordinal < throttledTo ? Cohort.THROTTLED : Cohort.NORMAL;
    }

    /** What a throttled connection takes at a time, at least 1. */
    int bytesPerTurn(long turnsPerSecond) {
        return Math.clamp(throttledBytesPerSecond / turnsPerSecond, 1, READ_MAX);
    }
}
