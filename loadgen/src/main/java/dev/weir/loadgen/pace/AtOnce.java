package dev.weir.loadgen.pace;

/** All arrivals are due at the start. */
public record AtOnce() implements ArrivalSchedule {
    @Override
    public long dueNanos(long index) {
        return 0;
    }
}
