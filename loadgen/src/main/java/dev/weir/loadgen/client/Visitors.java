package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.OperationRecorder;
import io.netty.channel.ChannelException;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections of one loop that come, join, stay for {@link Traffic#STAY_NANOS} and leave with a normal close.
 *
 * <p><b>Threading:</b> its loop's thread. <b>Bounds:</b> {@link #ARRIVING_MAX} handshakes under way over all loops; who is not let go within
 * {@link #PATIENCE_NANOS} ends the connection.
 */
final class Visitors {
    private static final int ARRIVING_MAX = 256;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ClientLoop loop;
    private final long startNanos;
    private final int arrivingMax;
    private final IdentityHashMap<ClientConnection, Visit> visits = new IdentityHashMap<>();
    private final ArrayDeque<Visit> staying = new ArrayDeque<>();
    private final ArrayDeque<Visit> leaving = new ArrayDeque<>();
    private int arriving;
    private int count;

    Visitors(ClientLoop loop, long startNanos) {
        this.loop = loop;
        this.startNanos = startNanos;
        this.arrivingMax = Math.max(1, ARRIVING_MAX / loop.loopCount());
    }

    /** One visitor; its two times are those of its coming first, and then of its leaving. */
    private static final class Visit {
        private final ClientConnection connection;
        private long dueNanos;
        private long sentNanos;

        Visit(ClientConnection connection, long dueNanos, long sentNanos) {
            this.connection = connection;
            this.dueNanos = dueNanos;
            this.sentNanos = sentNanos;
        }
    }

    boolean isEmpty() {
        return visits.isEmpty();
    }

    boolean areFull() {
        return arriving >= arrivingMax;
    }

    /**
     * Starts one.
     *
     * @param dial how the held connections connect
     */
    void come(Dial dial, long dueNanos) {
        OperationRecorder recorder = loop.meter().operation(Operation.CONNECT);
        long now = System.nanoTime();
        recorder.sent();
        arriving++;
        ClientConnection connection;
        try {
            connection = loop.visit(dial.visiting(), count++ * loop.loopCount() + loop.index());
        } catch (ChannelException e) {
            arriving--;
            recorder.failed("connect " + Errno.of(e));
            return;
        }
        if (connection.stage() != ClientConnection.Stage.ENDED) {
            visits.put(connection, new Visit(connection, dueNanos, now));
        }
    }

    void arrived(ClientConnection connection) {
        arriving--;
        Visit visit = visits.get(connection);
        if (visit != null) {
            long now = System.nanoTime();
            answered(Operation.CONNECT, visit, now);
            visit.dueNanos = now + Traffic.STAY_NANOS;
            staying.add(visit);
        }
    }

    private void answered(Operation operation, Visit visit, long atNanos) {
        loop.meter()
                .operation(operation)
                .answered(
                        (atNanos - visit.dueNanos) / 1_000,
                        (atNanos - visit.sentNanos) / 1_000,
                        Traffic.secondOf(startNanos, atNanos));
    }

    void failed(ClientConnection connection, FailureKind kind) {
        arriving--;
        visits.remove(connection);
        String status = kind.status() == 0 ? "" : " " + kind.status();
        String errno = kind.errno().isEmpty() ? "" : " " + kind.errno();
        loop.meter().operation(Operation.CONNECT).failed(kind.stage() + status + errno);
    }

    /** Lets go whose time has come, and ends who was not let go in time. */
    void turn(long now) {
        for (Visit oldest = staying.peek(); oldest != null && oldest.dueNanos - now <= 0; oldest = staying.peek()) {
            staying.remove();
            if (visits.containsKey(oldest.connection)) {
                leave(oldest, now);
            }
        }
        for (Visit oldest = leaving.peek();
                oldest != null && (isGone(oldest) || now - oldest.sentNanos >= PATIENCE_NANOS);
                oldest = leaving.peek()) {
            leaving.remove();
            if (!isGone(oldest)) {
                visits.remove(oldest.connection);
                oldest.connection.leave();
                loop.meter().operation(Operation.DISCONNECT).failed("timeout");
            }
        }
    }

    /** When the next one leaves; {@link Long#MAX_VALUE} when nobody stays. */
    long nextLeaveNanos() {
        Visit oldest = staying.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.dueNanos;
    }

    private boolean isGone(Visit visit) {
        return !visits.containsKey(visit.connection);
    }

    private void leave(Visit visit, long now) {
        OperationRecorder recorder = loop.meter().operation(Operation.DISCONNECT);
        recorder.asked(1);
        recorder.sent();
        loop.meter().lateSend((now - visit.dueNanos) / 1_000);
        visit.sentNanos = now;
        leaving.add(visit);
        visit.connection.goodbye();
    }

    void left(ClientConnection connection, long atNanos) {
        Visit visit = visits.remove(connection);
        if (visit != null) {
            answered(Operation.DISCONNECT, visit, atNanos);
        }
    }

    /** The end came from elsewhere: before its leave, which then was asked for and failed, or in place of the server's close frame. */
    void ended(ClientConnection connection, CloseKind kind) {
        Visit visit = visits.remove(connection);
        if (visit == null) {
            return;
        }
        OperationRecorder recorder = loop.meter().operation(Operation.DISCONNECT);
        if (!leaving.contains(visit)) {
            recorder.asked(1);
        }
        recorder.failed("ended by " + kind.by() + " (" + kind.how() + ", " + kind.code() + ")");
    }

    /** Ends all. */
    void close() {
        List.copyOf(visits.keySet()).forEach(ClientConnection::leave);
        visits.clear();
    }
}
