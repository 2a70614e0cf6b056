package dev.weir.gateway.admission;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many connections a process may hold: each takes one descriptor, and a reserve stays for everything else.
 *
 * <p>The limit on open files is one on a descriptor table. Where one table is too small for what is asked, each event loop gets one of its own.
 *
 * <p><b>Threading:</b> pure functions.
 */
public sealed interface ConnectionBudget {
    /**
     * Descriptors kept for jars, log, standard streams, the server API with its callers and the Redis of a later day. An idle
     * gateway of two loops was seen to have about 60 open; the rest lets a burst of API callers and scrapes in.
     */
    int RESERVE_BASE = 256;

    /** Descriptors of one event loop: its epoll, event and timer descriptors; every table has those of all loops. */
    int RESERVE_PER_LOOP = 3;

    /** The most that is ever granted, so that a limit of "unlimited" stays a number. */
    int CONNECTIONS_CAP = 10_000_000;

    /** The most event loops that are made for the sake of their tables. */
    int LOOPS_MAX = 1_024;

    /**
     * How full a table of a loop's own is planned, in percent: the kernel spreads connections over the loops' listeners by a hash, and of
     * 56 loops with 18,000 each the fullest was seen to have 2 % more.
     */
    int TABLE_PERCENT = 96;

    /**
     * So many connections may be taken.
     *
     * @param connectionsMax connections, at least 1
     * @param loops event loops, at least 1
     * @param ownTables whether each loop has a descriptor table of its own
     * @param arithmetic how that number came about, for a log line
     */
    record Granted(int connectionsMax, int loops, boolean ownTables, String arithmetic) implements ConnectionBudget {}

    /**
     * This host does not allow what was asked.
     *
     * @param error the reason with its arithmetic and remedy
     */
    record Refused(String error) implements ConnectionBudget {}

    /**
     * What is asked, and of what.
     *
     * @param wanted {@code max_connections}, when it is set
     * @param descriptors the effective limit on open files of one table
     * @param loops event loops as configured; 0 for as many as it takes, at least one a processor
     * @param processors of this host, at least 1
     * @param ports listening ports, each bound once on every loop
     * @param tablesRefused why a loop cannot have a table of its own, asked only where one table is too small; empty when it can
     */
    record Ask(
            Optional<Integer> wanted,
            long descriptors,
            int loops,
            int processors,
            int ports,
            Supplier<Optional<String>> tablesRefused) {}

    /** Weighs the wish against the limit. */
    static ConnectionBudget of(Ask ask) {
        int loops = ask.loops() == 0 ? ask.processors() : ask.loops();
        long reserve = RESERVE_BASE + (long) loops * (RESERVE_PER_LOOP + ask.ports());
        long allowed = Math.min(ask.descriptors() - reserve, CONNECTIONS_CAP);
        String limit = ask.descriptors() == Long.MAX_VALUE ? "unlimited" : Long.toString(ask.descriptors());
        String arithmetic = "descriptors=" + limit + " reserve=" + reserve;
        if (allowed < 1) {
            return new Refused("descriptor limit must be > reserve: " + arithmetic + "; raise 'ulimit -n'");
        }
        if (ask.wanted().isEmpty() || ask.wanted().get() <= allowed) {
            return new Granted(ask.wanted().orElse((int) allowed), loops, false, arithmetic);
        }
        int wanted = ask.wanted().get();
        Optional<String> tablesRefused = ask.tablesRefused().get();
        if (tablesRefused.isPresent()) {
            return new Refused("max_connections must be <= descriptors - reserve = " + allowed + ": max_connections="
                    + wanted + " " + arithmetic + "; raise 'ulimit -n' to " + (wanted + reserve)
                    + " or lower --max-connections (a descriptor table for each loop is not to be had: "
                    + tablesRefused.get() + ")");
        }
        return withOwnTables(ask, wanted, limit);
    }

    private static ConnectionBudget withOwnTables(Ask ask, int wanted, String limit) {
        int loops = ask.loops() == 0 ? loopsNeeded(ask, wanted) : ask.loops();
        long perLoop = perLoop(ask, loops);
        if (loops > LOOPS_MAX || loops * perLoop < wanted) {
            int needed = loopsNeeded(ask, wanted);
            long most = ask.loops() == 0 ? mostOfAll(ask) : loops * Math.max(0, perLoop);
            return new Refused("max_connections must be <= loops × connections a table = " + most + ": max_connections="
                    + wanted + " descriptors=" + limit + " loops=" + Math.min(loops, LOOPS_MAX) + "; "
                    + (needed <= LOOPS_MAX ? "give --loops " + needed + " or 0, or " : "")
                    + "lower --max-connections or raise 'ulimit -n'");
        }
        return new Granted(
                wanted,
                loops,
                true,
                "descriptors=" + limit + " in each of " + loops + " tables, reserve=" + reservePerTable(ask, loops)
                        + ", filled to " + TABLE_PERCENT + " %");
    }

    private static int loopsNeeded(Ask ask, int wanted) {
        int loops = Math.max(1, ask.processors());
        while (loops <= LOOPS_MAX && loops * perLoop(ask, loops) < wanted) {
            loops++;
        }
        return loops;
    }

    private static long mostOfAll(Ask ask) {
        long most = 0;
        for (int loops = 1; loops <= LOOPS_MAX; loops++) {
            most = Math.max(most, loops * perLoop(ask, loops));
        }
        return most;
    }

    private static long perLoop(Ask ask, int loops) {
        return (ask.descriptors() - reservePerTable(ask, loops)) * TABLE_PERCENT / 100;
    }

    private static long reservePerTable(Ask ask, int loops) {
        return RESERVE_BASE + (long) loops * RESERVE_PER_LOOP + ask.ports();
    }
}
