package dev.weir.gateway.admission;

import java.util.Optional;

/**
 * How many connections a process may hold: each takes one descriptor, and a reserve stays for everything else.
 *
 * <p><b>Threading:</b> pure functions.
 */
public sealed interface ConnectionBudget {
    /**
     * Descriptors kept for jars, log, standard streams, the server API with its callers and the Redis of a later day. An idle
     * gateway of two loops was seen to have about 60 open; the rest lets a burst of API callers and scrapes in.
     */
    int RESERVE_BASE = 256;

    /** Descriptors of one event loop: its epoll, event and timer descriptors. */
    int RESERVE_PER_LOOP = 3;

    /** The most that is ever granted, so that a limit of "unlimited" stays a number. */
    int CONNECTIONS_CAP = 10_000_000;

    /**
     * So many connections may be taken.
     *
     * @param connectionsMax connections, at least 1
     * @param arithmetic how that number came about, for a log line
     */
    record Granted(int connectionsMax, String arithmetic) implements ConnectionBudget {}

    /**
     * This host does not allow what was asked.
     *
     * @param error the reason with its arithmetic and remedy
     */
    record Refused(String error) implements ConnectionBudget {}

    /**
     * Weighs the wish against the limit.
     *
     * @param wanted {@code max_connections}, when it is set
     * @param descriptors the effective limit on open files
     * @param loops event loops, at least 1
     * @param ports listening ports, each bound once on every loop
     */
    static ConnectionBudget of(Optional<Integer> wanted, long descriptors, int loops, int ports) {
        long reserve = RESERVE_BASE + (long) loops * (RESERVE_PER_LOOP + ports);
        long allowed = Math.min(descriptors - reserve, CONNECTIONS_CAP);
        String limit = descriptors == Long.MAX_VALUE ? "unlimited" : Long.toString(descriptors);
        String arithmetic = "descriptors=" + limit + " reserve=" + reserve;
        if (allowed < 1) {
            return new Refused("descriptor limit must be > reserve: " + arithmetic + "; raise 'ulimit -n'");
        }
        if (wanted.isPresent() && wanted.get() > allowed) {
            return new Refused("max_connections must be <= descriptors - reserve = " + allowed + ": max_connections="
                    + wanted.get() + " " + arithmetic + "; raise 'ulimit -n' to " + (wanted.get() + reserve)
                    + " or lower --max-connections");
        }
        return new Granted(wanted.orElse((int) allowed), arithmetic);
    }
}
