package dev.weir.loadgen.measure;

/**
 * One way in which a connection ends unplanned.
 *
 * @param by who ended it, as in {@link dev.weir.loadgen.outcome.Close}
 * @param how {@code close-frame}, {@code fin}, {@code rst} or {@code timeout}
 * @param code WebSocket close code; 1006 without a close frame
 * @param reason reason in the close frame; empty when there is none
 * @param cohort how the connection read
 */
public record CloseKind(String by, String how, int code, String reason, Cohort cohort) {}
