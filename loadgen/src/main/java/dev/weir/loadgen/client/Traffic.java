package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.OperationRecorder;
import dev.weir.loadgen.traffic.TrafficPlan;
import dev.weir.loadgen.wire.Commands;
import dev.weir.loadgen.wire.MeasuredMessage;
import dev.weir.loadgen.wire.Rooms;
import dev.weir.loadgen.wire.ServerReply;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One loop's part of traffic: operations on its held connections when they are due, and connections that come and go.
 *
 * <p>An operation keeps the time at which it was due, whatever held it up. A room that was joined is left, and a visitor leaves, {@link #STAY_NANOS}
 * later.
 *
 * <p><b>Threading:</b> its loop's thread. <b>Bounds:</b> {@link #UNANSWERED_MAX} commands unanswered over all loops; each is given up after
 * {@link #PATIENCE_NANOS}. {@link #STARTS_PER_TURN} operations of an interface at a time, so that answers are read in between.
 */
final class Traffic {
    /** How long a visitor, or the membership of a further room, lasts. */
    static final long STAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int UNANSWERED_MAX = 4_096;
    private static final int STARTS_PER_TURN = 50;
    /** What the protocol's own clients wait for an answer. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long POLL_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Further rooms of one connection, taken in turn: the one before is left long before it comes again. */
    private static final int FURTHER_ROOMS = 64;

    private static final String METHOD = "echo";
    private static final String TIMEOUT = "timeout";

    private final ClientLoop loop;
    private final TrafficPlan plan;
    private final Runnable whenDone;
    private final Map<Operation, Arrivals> arrivals = new EnumMap<>(Operation.class);
    private final Map<Integer, Asked> unanswered = new LinkedHashMap<>();
    private final ArrayDeque<Joined> joined = new ArrayDeque<>();
    private final Visitors visitors;
    private final int unansweredMax;
    private int cursor;

    Traffic(ClientLoop loop, TrafficPlan plan, Runnable whenDone) {
        this.loop = loop;
        this.plan = plan;
        this.whenDone = whenDone;
        this.visitors = new Visitors(loop, plan.startNanos());
        this.unansweredMax = Math.max(1, UNANSWERED_MAX / loop.loopCount());
        for (Operation operation : Operation.stated()) {
            if (operation.isOfClients() && plan.mix().rate(operation) > 0) {
                arrivals.put(
                        operation,
                        new Arrivals(
                                plan.schedule(operation),
                                plan.startNanos(),
                                plan.durationNanos(),
                                loop.index(),
                                loop.loopCount()));
            }
        }
    }

    /** A command on its way. */
    private record Asked(Operation operation, ClientConnection connection, int room, long dueNanos, long sentNanos) {}

    /** A further room that a connection is in, until when. */
    private record Joined(ClientConnection connection, int room, long untilNanos) {}

    void turn() {
        if (loop.isClosing()) {
            whenDone.run();
            return;
        }
        long now = System.nanoTime();
        long wakeNanos = now + POLL_MAX_NANOS;
        for (Map.Entry<Operation, Arrivals> each : arrivals.entrySet()) {
            wakeNanos = Math.min(wakeNanos, start(each.getKey(), each.getValue(), now));
        }
        leaveRooms(now);
        visitors.turn(now);
        giveUp(now);
        wakeNanos = Math.min(wakeNanos, Math.min(nextLeaveNanos(), visitors.nextLeaveNanos()));
        boolean isOver = now - plan.startNanos() >= plan.durationNanos();
        if (isOver && unanswered.isEmpty() && joined.isEmpty() && visitors.isEmpty()) {
            whenDone.run();
        } else {
            loop.later(this::turn, Math.max(0, wakeNanos - System.nanoTime()));
        }
    }

    /** Starts what is due of one interface and says when to look again. */
    private long start(Operation operation, Arrivals due, long now) {
        OperationRecorder recorder = loop.meter().operation(operation);
        if (now - plan.startNanos() >= plan.durationNanos()) {
            recorder.asked(due.leftOver());
            return Long.MAX_VALUE;
        }
        for (int started = 0; started < STARTS_PER_TURN; started++) {
            if (due.areOver() || due.dueNanos() - now > 0) {
                return due.areOver() ? Long.MAX_VALUE : due.dueNanos();
            }
            if (isFull(operation)) {
                due.hold(now + POLL_NANOS);
                return now + POLL_NANOS;
            }
            long dueNanos = due.dueNanos();
            loop.meter().lateSend(due.leave(now) / 1_000);
            recorder.asked(1);
            start(operation, recorder, dueNanos);
        }
        return now;
    }

    private boolean isFull(Operation operation) {
        return operation == Operation.CONNECT ? visitors.areFull() : unanswered.size() >= unansweredMax;
    }

    private void start(Operation operation, OperationRecorder recorder, long dueNanos) {
        ClientConnection connection = nextReady();
        if (connection == null) {
            recorder.failed("no connection");
        } else if (operation == Operation.CONNECT) {
            visitors.come(connection.dial(), dueNanos);
        } else {
            int room = operation == Operation.SUBSCRIBE
                    ? cursor / loop.slots() % FURTHER_ROOMS
                    : connection.dial().joinedRoom(connection.ordinal());
            ask(operation, connection, room, dueNanos);
        }
    }

    /** The held connections in turn; null when none is up. */
    private @Nullable ClientConnection nextReady() {
        for (int i = 0; i < loop.slots(); i++) {
            ClientConnection connection = loop.at(cursor++ % loop.slots());
            if (connection.stage() == ClientConnection.Stage.READY) {
                return connection;
            }
        }
        return null;
    }

    private void ask(Operation operation, ClientConnection connection, int room, long dueNanos) {
        int id = loop.nextCommandId();
        long now = System.nanoTime();
        connection.say(
                switch (operation) {
                    case SUBSCRIBE -> Commands.subscribe(id, furtherRoom(room));
                    case UNSUBSCRIBE -> Commands.unsubscribe(id, furtherRoom(room));
                    case PUBLISH -> Commands.publish(id, Rooms.name(room), message(room, dueNanos, now));
                    case RPC -> Commands.rpc(id, METHOD);
                    case CONNECT, DISCONNECT, API, HEALTH ->
                        throw new IllegalArgumentException("no command: operation=" + operation);
                });
        unanswered.put(id, new Asked(operation, connection, room, dueNanos, now));
        loop.meter().operation(operation).sent();
    }

    private static String furtherRoom(int room) {
        return "further-" + room;
    }

    private String message(int room, long dueNanos, long now) {
        return MeasuredMessage.build(
                Rooms.name(room), MeasuredMessage.NO_SEQUENCE, now, dueNanos, now, plan.payloadBytes());
    }

    /** A connection that is up got an answer; one that was given up before is not looked at. */
    void answered(ServerReply reply, long atNanos) {
        Asked asked = unanswered.remove(reply.id());
        if (asked == null) {
            return;
        }
        OperationRecorder recorder = loop.meter().operation(asked.operation());
        boolean isUnavailable = asked.operation() == Operation.RPC && reply.errorCode() == ServerReply.NOT_AVAILABLE;
        if (reply.errorCode() != 0 && !isUnavailable) {
            recorder.failed("error " + reply.errorCode());
            return;
        }
        recorder.answered(
                (atNanos - asked.dueNanos()) / 1_000,
                (atNanos - asked.sentNanos()) / 1_000,
                secondOf(plan.startNanos(), atNanos));
        if (isUnavailable) {
            recorder.unavailable();
        } else if (asked.operation() == Operation.SUBSCRIBE) {
            joined.add(new Joined(asked.connection(), asked.room(), atNanos + STAY_NANOS));
        } else if (asked.operation() == Operation.PUBLISH) {
            recorder.owed(plan.members(asked.room()));
        }
    }

    static int secondOf(long startNanos, long atNanos) {
        return (int) TimeUnit.NANOSECONDS.toSeconds(Math.max(0, atNanos - startNanos));
    }

    /** A held connection got a message of a client, which has no sequence, or of the server API. */
    void delivered(MeasuredMessage arrived) {
        boolean ofClient = arrived.sequence() == MeasuredMessage.NO_SEQUENCE;
        loop.meter().operation(ofClient ? Operation.PUBLISH : Operation.API).caused();
    }

    private long nextLeaveNanos() {
        Joined oldest = joined.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.untilNanos();
    }

    private void leaveRooms(long now) {
        for (Joined oldest = joined.peek(); oldest != null && oldest.untilNanos() - now <= 0; oldest = joined.peek()) {
            joined.remove();
            OperationRecorder recorder = loop.meter().operation(Operation.UNSUBSCRIBE);
            recorder.asked(1);
            loop.meter().lateSend((now - oldest.untilNanos()) / 1_000);
            if (oldest.connection().stage() == ClientConnection.Stage.READY) {
                ask(Operation.UNSUBSCRIBE, oldest.connection(), oldest.room(), oldest.untilNanos());
            } else {
                recorder.failed("connection ended");
            }
        }
    }

    private void giveUp(long now) {
        var oldest = unanswered.values().iterator();
        while (oldest.hasNext()) {
            Asked asked = oldest.next();
            if (now - asked.sentNanos() < PATIENCE_NANOS) {
                return;
            }
            boolean isUp = asked.connection().stage() == ClientConnection.Stage.READY;
            loop.meter().operation(asked.operation()).failed(isUp ? TIMEOUT : "connection ended");
            oldest.remove();
        }
    }

    /** A visitor is ready. */
    void arrived(ClientConnection connection) {
        visitors.arrived(connection);
    }

    /** A visitor did not get ready. */
    void failed(ClientConnection connection, FailureKind kind) {
        visitors.failed(connection, kind);
    }

    /** A visitor's connection ended otherwise than by its leave. */
    void ended(ClientConnection connection, CloseKind kind) {
        visitors.ended(connection, kind);
    }

    /** A visitor has left. */
    void left(ClientConnection connection, long atNanos) {
        visitors.left(connection, atNanos);
    }

    /** Ends what is under way. */
    void close() {
        visitors.close();
    }
}
