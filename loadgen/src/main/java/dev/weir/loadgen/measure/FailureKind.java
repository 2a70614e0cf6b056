package dev.weir.loadgen.measure;

/**
 * One way in which a connect fails.
 *
 * @param stage as in {@link dev.weir.loadgen.outcome.Failure}
 * @param errno symbolic errno; empty when there is none
 * @param status HTTP status or protocol error code; 0 when there is none
 */
public record FailureKind(String stage, String errno, int status) {}
