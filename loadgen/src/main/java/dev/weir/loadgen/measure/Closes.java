package dev.weir.loadgen.measure;

/**
 * Connections that ended in one way.
 *
 * @param count how many
 * @param ageMillis from ready to the end
 * @param idleMillis from the last byte received or sent to the end
 * @param firstEpochMillis when the first ended
 * @param lastEpochMillis when the last ended
 */
public record Closes(
        long count, Distribution ageMillis, Distribution idleMillis, long firstEpochMillis, long lastEpochMillis) {
    /** Both together. */
    public Closes plus(Closes other) {
        return new Closes(
                count + other.count,
                ageMillis.plus(other.ageMillis),
                idleMillis.plus(other.idleMillis),
                Math.min(firstEpochMillis, other.firstEpochMillis),
                Math.max(lastEpochMillis, other.lastEpochMillis));
    }
}
