package dev.weir.loadgen.outcome;

/**
 * Connections that ended in one way after they were up, not counting those the agents ended as planned.
 *
 * @param by who ended it: {@code gateway} (a close frame), the name of the hop next to the agents (FIN or RST without a close frame),
 *     {@code network} (time-out), {@code agents}
 * @param how {@code close-frame}, {@code fin}, {@code rst} or {@code timeout}
 * @param code WebSocket close code; 1006 without a close frame
 * @param reason reason in the close frame, empty when there is none
 * @param count how many
 * @param cohort which readers: {@code normal}, {@code throttled} or {@code stalled}
 * @param ageMillis age of the connection at its end
 * @param idleMillis time since the last byte was received or sent on it
 * @param firstMillis when the first ended, since the start of the phase
 * @param lastMillis when the last ended, since the start of the phase
 */
public record Close(
        String by,
        String how,
        int code,
        String reason,
        long count,
        String cohort,
        Percentiles ageMillis,
        Percentiles idleMillis,
        long firstMillis,
        long lastMillis) {}
