package dev.weir.loadgen.outcome;

/**
 * Latencies of one phase, in milliseconds, of normal readers.
 *
 * @param connect from the start of the TCP connect to the last answer that makes the connection ready
 * @param deliverIntended from when a message was meant to be sent to its arrival
 * @param deliverActual from when it was sent to its arrival
 * @param publishAnswer from sending a message to the server API, or on a publisher's connection, to its answer
 */
public record Latencies(
        Percentiles connect, Percentiles deliverIntended, Percentiles deliverActual, Percentiles publishAnswer) {}
