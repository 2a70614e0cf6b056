package dev.weir.gateway.room;

import org.jspecify.annotations.Nullable;

/**
 * One member's place in one room, and a link of the member's own list.
 *
 * <p><b>Threading:</b> owned by the room's loop.
 *
 * <p><b>Bounds:</b> 24 bytes with compact object headers; a member holds nothing else per room.
 *
 * @param <M> what a member is
 */
public final class Subscription<M> {
    private final Room<M> room;
    private final M member;
    private @Nullable Subscription<M> next;
    int index;

    Subscription(Room<M> room, M member, @Nullable Subscription<M> next) {
        this.room = room;
        this.member = member;
        this.next = next;
    }

    /** Whether a list that begins here has a room of this name. */
    public static boolean in(@Nullable Subscription<?> first, String channel) {
        for (Subscription<?> s = first; s != null; s = s.next()) {
            if (s.channel().equals(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Who is subscribed. */
    public M member() {
        return member;
    }

    /** The room's name. */
    public String channel() {
        return room.name();
    }

    Room<M> room() {
        return room;
    }

    /** The member's next subscription, or null after its last. */
    @Nullable
    Subscription<M> next() {
        return next;
    }

    void next(@Nullable Subscription<M> following) {
        next = following;
    }
}
