package dev.weir.gateway.server;

import dev.weir.gateway.protocol.WireCodec;
import dev.weir.gateway.room.Room;
import dev.weir.gateway.room.Rooms;
import dev.weir.gateway.room.Subscription;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broadcasts that one loop has to deliver, in the order in which they came, one slice of members at a time: between two
 * slices the loop reads, answers and pings, so that nobody's heartbeat waits for a long room. A loop looks at some sockets and no more at a time: where most
 * of these had news, slices are as small, so that what comes in, the pongs of a million above all, does not fall behind what goes out.
 *
 * <p>Messages of one channel that queue up behind one another share a frame: each member then costs one system call for all of them. A message
 * for a small room does not wait for a large one that is being served, unless another message of its channel does. Members of a large room whose ping
 * would be due soon get it with the message, which is a system call and a packet less for both ends.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * <p><b>Bounds:</b> those of {@link Bounds}; the queue is bounded by {@link Publisher}.
 */
final class BroadcastQueue {
    /** Members on one loop whose messages are written at once: less than a millisecond of system calls. */
    private static final int SMALL_ROOM = 64;

    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final List<Broadcast> group = new ArrayList<>();
    /** Markers between the messages that share the current frame. */
    private final List<Runnable> passed = new ArrayList<>();

    private final Rooms<ParkedConnection> rooms;
    private final WireCodec codec;
    private final Bounds bounds;
    private final Host host;
    private final Consumer<Subscription<ParkedConnection>> serve = this::serve;
    private final Runnable slice = this::slice;
    private boolean scheduled;
    private @Nullable Broadcast current;
    private @Nullable Room<ParkedConnection> room;
    private boolean isLarge;

    /**
     * What is done at once.
     *
     * @param sliceMembers most members served between two looks at the sockets
     * @param lookSockets most sockets that are dealt with in a look
     * @param sharedBytesMax most bytes of messages that share a frame; 0 shares none
     */
    record Bounds(int sliceMembers, int lookSockets, int sharedBytesMax) {
        /** Members to serve where so many sockets have been read since the slice before, of this broadcast or another. */
        int sliceAfter(int socketsRead) {
            return socketsRead > lookSockets / 2 ? Math.min(sliceMembers, lookSockets) : sliceMembers;
        }
    }

    /** The loop that serves the queue. */
    interface Host {
        /** Runs a task after those that wait already. */
        void soon(Runnable task);

        /** Runs a task after it has looked at its sockets and timers. */
        void later(Runnable task);

        /** How many sockets it has read since it was asked last. */
        int takeSocketsRead();
    }

    private sealed interface Turn {}

    private record Delivery(Broadcast broadcast) implements Turn {}

    private record Marker(Runnable reached) implements Turn {}

    /**
     * An empty queue.
     *
     * @param rooms the loop's rooms
     * @param codec the wire format of the receivers
     * @param bounds what is done at once
     * @param host whose queue it is
     */
    BroadcastQueue(Rooms<ParkedConnection> rooms, WireCodec codec, Bounds bounds, Host host) {
        this.rooms = rooms;
        this.codec = codec;
        this.bounds = bounds;
        this.host = host;
    }

    void add(Broadcast broadcast) {
        Room<ParkedConnection> members = current == null ? null : rooms.find(broadcast.channel());
        if (members != null && members.size() <= SMALL_ROOM && !waits(broadcast.channel())) {
            members.begin();
            members.serve(SMALL_ROOM, subscription -> deliver(subscription, broadcast, false));
            broadcast.finish();
        } else {
            turns.add(new Delivery(broadcast));
            start();
        }
    }

    /** Runs the action when all that was added before for a channel is delivered. */
    void mark(String channel, Runnable reached) {
        if (waits(channel)) {
            turns.add(new Marker(reached));
            start();
        } else {
            reached.run();
        }
    }

    /** Whether a message of a channel has not reached all its members. */
    private boolean waits(String channel) {
        if (current != null && current.channel().equals(channel)) {
            return true;
        }
        for (Turn turn : turns) {
            if (turn instanceof Delivery(Broadcast broadcast)
                    && broadcast.channel().equals(channel)) {
                return true;
            }
        }
        return false;
    }

    /** What else has come in this turn is added first, so that it can share a frame. */
    private void start() {
        if (!scheduled) {
            scheduled = true;
            host.soon(slice);
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
                host.later(slice);
            }
        }
    }

    /** Whether something is left to do. */
    private boolean serveSlice() {
        int left = bounds.sliceAfter(host.takeSocketsRead());
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
                    current = withFollowers(broadcast);
                    room = members;
                    isLarge = members.size() > SMALL_ROOM;
                }
            }
        }
    }

    /** The message, and in one frame with it those of its channel that come next. */
    private Broadcast withFollowers(Broadcast first) {
        int bytes = first.payloadBytes();
        group.add(first);
        for (Turn next = turns.peek(); next != null; next = turns.peek()) {
            switch (next) {
                case Marker(Runnable reached) -> passed.add(reached);
                case Delivery(Broadcast more) -> {
                    bytes += more.payloadBytes() + 1;
                    if (bytes > bounds.sharedBytesMax() || !more.channel().equals(first.channel())) {
                        return shared(first);
                    }
                    group.add(more);
                }
            }
            turns.remove();
        }
        return shared(first);
    }

    private Broadcast shared(Broadcast first) {
        try {
            return group.size() == 1 ? first : Broadcast.together(group, codec);
        } catch (OutOfDirectMemoryError e) {
            // They have frames of their own.
            group.removeFirst();
            group.reversed().forEach(broadcast -> turns.addFirst(new Delivery(broadcast)));
            return first;
        } finally {
            group.clear();
        }
    }

    private void serve(Subscription<ParkedConnection> subscription) {
        Broadcast broadcast = current;
        if (broadcast != null) {
            deliver(subscription, broadcast, isLarge);
        }
    }

    private static void deliver(Subscription<ParkedConnection> subscription, Broadcast broadcast, boolean mayPing) {
        ParkedConnection member = subscription.member();
        try {
            member.deliver(broadcast, mayPing);
        } catch (Throwable e) {
            // The others of the room get theirs.
            member.fail(e);
        }
    }

    private void finish(Broadcast broadcast) {
        current = null;
        room = null;
        broadcast.finish();
        List<Runnable> reached = List.copyOf(passed);
        passed.clear();
        reached.forEach(Runnable::run);
    }
}
