package dev.weir.loadgen.measure;

/** Collects the ends of one kind. */
final class CloseRecorder {
    private final DistributionRecorder ageMillis = new DistributionRecorder();
    private final DistributionRecorder idleMillis = new DistributionRecorder();
    private long count;
    private long firstEpochMillis = Long.MAX_VALUE;
    private long lastEpochMillis = Long.MIN_VALUE;

    void record(long age, long idle, long epochMillis) {
        count++;
        ageMillis.record(age);
        idleMillis.record(idle);
        firstEpochMillis = Math.min(firstEpochMillis, epochMillis);
        lastEpochMillis = Math.max(lastEpochMillis, epochMillis);
    }

    Closes take() {
        return new Closes(count, ageMillis.take(), idleMillis.take(), firstEpochMillis, lastEpochMillis);
    }
}
