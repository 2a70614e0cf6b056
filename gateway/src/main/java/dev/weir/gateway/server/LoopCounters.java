package dev.weir.gateway.server;

import dev.weir.gateway.protocol.ErrorCode;
import dev.weir.gateway.server.handshake.Refusal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one loop counts. Plain fields, written by the loop alone and copied into a {@link LoopReading} by its tick: counting
 * costs no atomic operation.
 *
 * <p><b>Threading:</b> owned by one loop.
 */
final class LoopCounters {
    long clients;
    long sockets;
    long subscriptions;
    long queuedBytes;
    long accepted;
    long messagesReceived;
    long messagesSent;
    long bytesReceived;
    long bytesSent;
    long droppedMessages;
    final RoundTrips.Recorder pingPongs = new RoundTrips.Recorder();
    private final Map<Integer, Long> disconnects = new HashMap<>();
    private final Map<Integer, Long> errors = new HashMap<>();
    private final Map<String, Long> refused = new HashMap<>();

    void disconnected(int code) {
        disconnects.merge(code, 1L, Long::sum);
    }

    void failed(ErrorCode error) {
        errors.merge(error.code(), 1L, Long::sum);
    }

    void refused(Refusal.Counter counter) {
        refused.merge(counter.name().toLowerCase(Locale.ROOT), 1L, Long::sum);
    }

    LoopReading read(long delayMillisMax, long pingPongMillisMax) {
        return new LoopReading(
                clients,
                sockets,
                subscriptions,
                queuedBytes,
                accepted,
                messagesReceived,
                messagesSent,
                bytesReceived,
                bytesSent,
                droppedMessages,
                Map.copyOf(disconnects),
                Map.copyOf(errors),
                Map.copyOf(refused),
                delayMillisMax,
                pingPongMillisMax,
                pingPongs.read());
    }
}
