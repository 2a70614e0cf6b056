package dev.weir.gateway.server;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All parked connections of one loop; adding and removing take constant time.
 *
 * <p><b>Threading:</b> owned by one loop.
 */
final class ConnectionList {
    private @Nullable ParkedConnection[] connections = new @Nullable ParkedConnection[64];
    private int size;

    int size() {
        return size;
    }

    void add(ParkedConnection connection) {
        if (size == connections.length) {
            connections = Arrays.copyOf(connections, size + (size >> 1));
        }
        connection.listIndex(size);
        connections[size++] = connection;
    }

    void remove(ParkedConnection connection) {
        int gap = connection.listIndex();
        ParkedConnection last = connections[--size];
        if (last != null) {
            last.listIndex(gap);
            connections[gap] = last;
        }
        connections[size] = null;
    }

    /** Visits all, from the last to the first; the visitor may remove the one that it is shown. */
    void forEach(Consumer<ParkedConnection> visitor) {
        visit(0, size, visitor);
    }

    /** Visits those in [from, to), from the last to the first. */
    void visit(int from, int to, Consumer<ParkedConnection> visitor) {
        for (int i = Math.min(to, size) - 1; i >= from; i--) {
            ParkedConnection connection = connections[i];
            if (connection != null) {
                visitor.accept(connection);
            }
        }
    }
}
