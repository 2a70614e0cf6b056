package dev.weir.loadgen.pace;

/**
 * Another schedule, each arrival delayed by a random part of the distance to the next. So the order and the rate stay, and what would beat in step does
 * not.
 *
 * @param schedule what is delayed
 * @param share 0 to 1: at most this part of the distance
 * @param seed what the randomness comes from
 */
public record Jittered(ArrivalSchedule schedule, double share, long seed) implements ArrivalSchedule {
    public Jittered {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be within 0 to 1: share=" + share);
        }
    }

    @Override
    public long dueNanos(long index) {
        long due = schedule.dueNanos(index);
        long next = schedule.dueNanos(index + 1);
        if (due == NEVER || next == NEVER) {
            return due;
        }
        return due + (long) ((next - due) * share * unit(index));
    }

    /**
     * A number in [0, 1) from the index and the seed alone, so that asking twice gives the same.
     *
     * <p><b>Source:</b> the output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
     */
    private double unit(long index) {
        long z = seed + index * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
