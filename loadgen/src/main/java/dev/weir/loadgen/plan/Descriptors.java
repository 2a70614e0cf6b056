package dev.weir.loadgen.plan;

/**
 * How many connections one process of agents or gateway can hold.
 *
 * <p>The limit on open files is one of a descriptor table. Where the kernel lets a thread have a table of its own, one process holds tables × (limit −
 * reserve); an nginx worker always has one.
 *
 * @param limit the effective limit, not a configured one: a value above {@code fs.nr_open} is silently not applied
 * @param tablesPermitted whether {@code unshare(CLONE_FILES)} is permitted
 */
public record Descriptors(long limit, boolean tablesPermitted) {
    /** Descriptors beside the connections: libraries, logs, event loops, listeners. */
    public static final int RESERVED = 512;

    /** Connections that one table holds; 0 when the limit leaves none. */
    public long perTable() {
        return Math.max(0, limit - RESERVED);
    }

    /** Tables that a process needs for its connections; 1 is what every process has. */
    public long tablesFor(long connections) {
        return tablesPermitted ? Math.max(1, Math.ceilDiv(connections, Math.max(1, perTable()))) : 1;
    }

    /** Processes that together hold the connections: one, unless each is held to one table. */
    public int processesFor(long connections) {
        return tablesPermitted ? 1 : Math.toIntExact(Math.max(1, Math.ceilDiv(connections, Math.max(1, perTable()))));
    }
}
