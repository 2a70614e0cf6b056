package dev.weir.gateway.server;

import dev.weir.gateway.room.Room;
import dev.weir.gateway.room.Rooms;
import dev.weir.gateway.room.Subscription;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broadcasts that one loop has to deliver, in the order in which they came, one slice of members at a time: between two
 * slices the loop reads, answers and pings, so that nobody's heartbeat waits for a long room.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * <p><b>Bounds:</b> {@value #SLICE_MEMBERS} members a slice (about 5 ms of system calls); the queue is bounded by
 * {@link Publisher}.
 */
final class BroadcastQueue {
    private static final int SLICE_MEMBERS = 1024;

    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final Rooms<ParkedConnection> rooms;
    private final Consumer<Runnable> later;
    private final Consumer<Subscription<ParkedConnection>> serve = this::serve;
    private final Runnable slice = this::slice;
    private boolean scheduled;
    private @Nullable Broadcast current;
    private @Nullable Room<ParkedConnection> room;

    private sealed interface Turn {}

    private record Delivery(Broadcast broadcast) implements Turn {}

    private record Marker(Runnable reached) implements Turn {}

    /**
     * An empty queue.
     *
     * @param rooms the loop's rooms
     * @param later runs a task on the loop after it has looked at its sockets and timers
     */
    BroadcastQueue(Rooms<ParkedConnection> rooms, Consumer<Runnable> later) {
        this.rooms = rooms;
        this.later = later;
    }

    void add(Broadcast broadcast) {
        turns.add(new Delivery(broadcast));
        start();
    }

    /** Runs the action when all that was added before is delivered. */
    void mark(Runnable reached) {
        turns.add(new Marker(reached));
        start();
    }

    private void start() {
        if (!scheduled) {
            slice();
        }
    }

    private void slice() {
        scheduled = false;
        boolean more = true;
        try {
            more = serveSlice();
        } finally {
            if (more) {
                scheduled = true;
                later.accept(slice);
            }
        }
    }

    /** Whether something is left to do. */
    private boolean serveSlice() {
        int left = SLICE_MEMBERS;
        while (left > 0) {
            Broadcast broadcast = current;
            Room<ParkedConnection> members = room;
            if (broadcast == null || members == null) {
                Turn turn = turns.poll();
                if (turn == null) {
                    return false;
                }
                begin(turn);
                left--;
            } else {
                int before = members.waiting();
                members.serve(left, serve);
                left -= Math.max(1, before - members.waiting());
                if (members.waiting() == 0) {
                    finish(broadcast);
                }
            }
        }
        return true;
    }

    private void begin(Turn turn) {
        switch (turn) {
            case Marker(Runnable reached) -> reached.run();
            case Delivery(Broadcast broadcast) -> {
                Room<ParkedConnection> members = rooms.find(broadcast.channel());
                if (members == null) {
                    broadcast.finish();
                } else {
                    members.begin();
                    current = broadcast;
                    room = members;
                }
            }
        }
    }

    private void serve(Subscription<ParkedConnection> subscription) {
        Broadcast broadcast = current;
        if (broadcast != null) {
            ParkedConnection member = subscription.member();
            try {
                member.deliver(broadcast);
            } catch (Throwable e) {
                // The others of the room get theirs.
                member.fail(e);
            }
        }
    }

    private void finish(Broadcast broadcast) {
        current = null;
        room = null;
        broadcast.finish();
    }
}
