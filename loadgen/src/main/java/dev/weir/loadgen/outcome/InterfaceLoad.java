package dev.weir.loadgen.outcome;

import java.util.List;

/**
 * One interface under load in one phase.
 *
 * @param name {@code connect}, {@code disconnect}, {@code subscribe}, {@code unsubscribe}, {@code publish} (by a client), {@code api} (publish by
 *     the server API), {@code rpc} or {@code health}
 * @param askedPerSecond the rate asked for
 * @param answeredPerSecond answers a second
 * @param asked operations that became due
 * @param sent operations that left; the others waited until the end for unanswered ones
 * @param answered answers that count as served
 * @param unavailable answers among these that said that the server has no such thing (error 108)
 * @param failed operations that failed, by how
 * @param latencyMillis of the answers
 * @param deliveries what the messages caused; all 0 for an interface without messages
 */
public record InterfaceLoad(
        String name,
        double askedPerSecond,
        Rate answeredPerSecond,
        long asked,
        long sent,
        long answered,
        long unavailable,
        List<HowMany> failed,
        Latency latencyMillis,
        Caused deliveries) {
    public InterfaceLoad {
        failed = List.copyOf(failed);
    }

    /**
     * Answers a second, over the whole seconds of the phase in which they were asked for.
     *
     * @param mean of them
     * @param min the worst second
     * @param median the one in the middle
     * @param max the best one
     */
    public record Rate(double mean, double min, double median, double max) {}

    /**
     * From an operation to its answer.
     *
     * @param intended from when it was due, whatever held it up
     * @param actual from when it left
     */
    public record Latency(Percentiles intended, Percentiles actual) {}

    /**
     * Operations that failed in one way.
     *
     * @param how e.g. {@code error 111}, {@code timeout}, {@code connection ended}, or for a connect the stage with errno or status
     * @param count how many
     */
    public record HowMany(String how, long count) {}

    /**
     * Deliveries on held connections.
     *
     * @param owed members of the rooms at the messages that were accepted
     * @param came of these
     */
    public record Caused(long owed, long came) {}

    /** Operations that failed, however. */
    public long failedCount() {
        return failed.stream().mapToLong(HowMany::count).sum();
    }
}
