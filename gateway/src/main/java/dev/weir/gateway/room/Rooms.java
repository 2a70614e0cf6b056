package dev.weir.gateway.room;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one loop by name; an empty room is forgotten.
 *
 * <p><b>Threading:</b> owned by one loop.
 *
 * @param <M> what a member is
 */
public final class Rooms<M> {
    private final Map<String, Room<M>> byName = new HashMap<>();
    private final Changes changes;

    /** Who is told of rooms that come and go. */
    public interface Changes {
        /** The first member has joined. */
        void opened(String channel);

        /** The last member has left. */
        void closed(String channel);
    }

    /** No rooms yet. */
    public Rooms(Changes changes) {
        this.changes = changes;
    }

    /**
     * Joins a room that the member is not in.
     *
     * @param channel the room's name
     * @param member who joins
     * @param first head of the member's list, or null
     * @return the new head of the member's list
     */
    public Subscription<M> join(String channel, M member, @Nullable Subscription<M> first) {
        Room<M> room = byName.get(channel);
        if (room == null) {
            room = new Room<>(channel);
            byName.put(channel, room);
            changes.opened(channel);
        }
        Subscription<M> subscription = new Subscription<>(room, member, first);
        room.add(subscription);
        return subscription;
    }

    /**
     * Leaves a room, if the member is in it.
     *
     * @param channel the room's name
     * @param first head of the member's list, or null
     * @return the new head of the member's list
     */
    public @Nullable Subscription<M> leave(String channel, @Nullable Subscription<M> first) {
        Subscription<M> before = null;
        for (Subscription<M> s = first; s != null; before = s, s = s.next()) {
            if (s.channel().equals(channel)) {
                remove(s);
                if (before == null) {
                    return s.next();
                }
                before.next(s.next());
                return first;
            }
        }
        return first;
    }

    /** Leaves every room of the list, which is of no use afterwards. */
    public void leaveAll(@Nullable Subscription<M> first) {
        for (Subscription<M> s = first; s != null; s = s.next()) {
            remove(s);
        }
    }

    private void remove(Subscription<M> subscription) {
        Room<M> room = subscription.room();
        room.remove(subscription);
        if (room.size() == 0) {
            byName.remove(room.name());
            changes.closed(room.name());
        }
    }

    /** The room of that name, or null when nobody is in it. */
    public @Nullable Room<M> find(String channel) {
        return byName.get(channel);
    }

    /** All rooms; a view. */
    public Collection<Room<M>> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
