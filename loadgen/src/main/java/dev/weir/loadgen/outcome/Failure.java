package dev.weir.loadgen.outcome;

/**
 * Connects that failed in one way.
 *
 * @param stage where: {@code bind}, {@code connect}, {@code tls}, {@code http-status}, {@code no-101}, {@code protocol} (connect or subscribe
 *     command refused), {@code timeout}
 * @param errno symbolic errno, e.g. {@code EADDRNOTAVAIL}; empty when there is none
 * @param status HTTP status, or protocol error code for {@code protocol}; 0 when there is none
 * @param count how many
 */
public record Failure(String stage, String errno, int status, long count) {}
