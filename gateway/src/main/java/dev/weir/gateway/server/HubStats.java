package dev.weir.gateway.server;

import java.util.Map;

/**
 * One reading of a node's counters and gauges, summed over its loops. Names follow what Centrifugo users know.
 *
 * @param clients connections past the connect command (gauge)
 * @param connectionsInflight sockets open, handshakes included (gauge)
 * @param subscriptions subscriptions (gauge)
 * @param channels channels with at least one subscriber; a channel on two loops counts once (gauge)
 * @param queuedBytes bytes that the kernel has not taken, all connections (gauge)
 * @param accepted connections accepted since start
 * @param messagesReceived commands received since start
 * @param messagesSent replies and pushes handed to sockets since start
 * @param bytesReceived payload bytes received since start
 * @param bytesSent frame bytes handed to sockets since start
 * @param droppedMessages pushes dropped by the {@code drop} or {@code latest} policy since start
 * @param disconnects server-side closes since start, by close code
 * @param errors error replies since start, by error code
 * @param refused refused connections and handshakes since start, by reason ({@code connections}, {@code origin}, {@code handshake},
 *     {@code timeout}, {@code draining}, {@code descriptors}, {@code accept})
 * @param loopDelayMillisMax longest delay of a loop's own timer in the last ten seconds
 * @param pingPongMillisMax longest time from a ping to its pong in the last ten seconds
 * @param pingPongs times from a ping to its pong since start
 */
public record HubStats(
        long clients,
        long connectionsInflight,
        long subscriptions,
        long channels,
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
        long loopDelayMillisMax,
        long pingPongMillisMax,
        RoundTrips pingPongs) {}
