package dev.weir.loadgen.outcome;

import java.util.List;

/**
 * Connections of one phase.
 *
 * @param target how many were asked for
 * @param opened how many were opened in this phase
 * @param heldAtEnd how many were up when it ended
 * @param failed connects that failed, by how
 * @param closed connections that ended unplanned, by how
 */
public record Connections(long target, long opened, long heldAtEnd, List<Failure> failed, List<Close> closed) {
    public Connections {
        failed = List.copyOf(failed);
        closed = List.copyOf(closed);
    }

    /** Connections that ended unplanned, however. */
    public long closedCount() {
        return closed.stream().mapToLong(Close::count).sum();
    }

    /** Connects that failed, however. */
    public long failedCount() {
        return failed.stream().mapToLong(Failure::count).sum();
    }
}
