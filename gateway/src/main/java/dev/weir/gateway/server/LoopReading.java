package dev.weir.gateway.server;

import java.util.HashMap;
import java.util.Map;

/**
 * One loop's counters at one moment; the fields mean what {@link HubStats} says.
 *
 * <p><b>Threading:</b> immutable.
 */
record LoopReading(
        long clients,
        long sockets,
        long subscriptions,
        long queuedBytes,
        long accepted,
        long messagesReceived,
        long messagesSent,
        long bytesReceived,
        long bytesSent,
        long droppedMessages,
        Map<Integer, Long> disconnects,
        Map<Integer, Long> errors,
        Map<String, Long> refused,
        long delayMillisMax,
        long pingPongMillisMax,
        RoundTrips pingPongs) {

    static final LoopReading ZERO =
            new LoopReading(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), Map.of(), 0, 0, RoundTrips.NONE);

    LoopReading plus(LoopReading other) {
        return new LoopReading(
                clients + other.clients,
                sockets + other.sockets,
                subscriptions + other.subscriptions,
                queuedBytes + other.queuedBytes,
                accepted + other.accepted,
                messagesReceived + other.messagesReceived,
                messagesSent + other.messagesSent,
                bytesReceived + other.bytesReceived,
                bytesSent + other.bytesSent,
                droppedMessages + other.droppedMessages,
                sum(disconnects, other.disconnects),
                sum(errors, other.errors),
                sum(refused, other.refused),
                Math.max(delayMillisMax, other.delayMillisMax),
                Math.max(pingPongMillisMax, other.pingPongMillisMax),
                pingPongs.plus(other.pingPongs));
    }

    private static <K> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
        Map<K, Long> sum = new HashMap<>(one);
        other.forEach((key, value) -> sum.merge(key, value, Long::sum));
        return Map.copyOf(sum);
    }

    HubStats stats(long channels) {
        return new HubStats(
                clients,
                sockets,
                subscriptions,
                channels,
                queuedBytes,
                accepted,
                messagesReceived,
                messagesSent,
                bytesReceived,
                bytesSent,
                droppedMessages,
                disconnects,
                errors,
                refused,
                delayMillisMax,
                pingPongMillisMax,
                pingPongs);
    }
}
