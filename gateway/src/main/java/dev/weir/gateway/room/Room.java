package dev.weir.gateway.room;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of one channel on one loop, in a compact array; joining and leaving take constant time.
 *
 * <p>A broadcast may be cut into slices between which members come and go. The array is then three runs one after the other:
 * served, to be served, and come since. Whoever stays is served exactly once.
 *
 * <p><b>Threading:</b> owned by one loop; one broadcast at a time.
 *
 * @param <M> what a member is
 */
public final class Room<M> {
    private final String name;
    private @Nullable Subscription<M>[] members;
    private int size;
    /** End of the run that has been served. */
    private int cursor;
    /** End of the run that is to be served. */
    private int end;

    Room(String name) {
        this.name = name;
        this.members = array(1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <M> @Nullable Subscription<M>[] array(int length) {
        return new Subscription[length];
    }

    /** The channel's name. */
    public String name() {
        return name;
    }

    /** Members now. */
    public int size() {
        return size;
    }

    void add(Subscription<M> subscription) {
        if (size == members.length) {
            members = Arrays.copyOf(members, size + Math.max(1, size >> 1));
        }
        put(size++, subscription);
    }

    /** Closes the gap with the last of its run, whose own gap is closed with the last of the next run, and so on. */
    void remove(Subscription<M> subscription) {
        int gap = subscription.index;
        if (gap < cursor) {
            gap = move(--cursor, gap);
        }
        if (gap < end) {
            gap = move(--end, gap);
        }
        size--;
        move(size, gap);
        members[size] = null;
        if (size < members.length >> 2) {
            members = Arrays.copyOf(members, members.length >> 1);
        }
    }

    private int move(int from, int to) {
        Subscription<M> moved = members[from];
        if (moved != null && from != to) {
            put(to, moved);
        }
        return from;
    }

    private void put(int index, Subscription<M> subscription) {
        members[index] = subscription;
        subscription.index = index;
    }

    /** Begins a broadcast to all who are members now. */
    public void begin() {
        cursor = 0;
        end = size;
    }

    /**
     * Serves the next members of the broadcast begun last. The action may remove any member, the served one included.
     *
     * @param most how many at most
     * @param action what is done with each
     */
    public void serve(int most, Consumer<Subscription<M>> action) {
        for (int i = 0; i < most && cursor < end; i++) {
            Subscription<M> subscription = members[cursor++];
            if (subscription != null) {
                action.accept(subscription);
            }
        }
        if (cursor == end) {
            cursor = 0;
            end = 0;
        }
    }

    /** Members whom the broadcast begun last has not reached. */
    public int waiting() {
        return end - cursor;
    }
}
