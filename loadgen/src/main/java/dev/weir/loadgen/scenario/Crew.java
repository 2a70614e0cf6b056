package dev.weir.loadgen.scenario;

/** What the agents of a run are. */
public sealed interface Crew {
    /** Event loops, in as many processes as the connections need. */
    Crew AS_NEEDED = new Loops(0, 0, false);

    /**
     * Event loops that share the connections.
     *
     * @param processes child processes; 0 for as many as the connections need
     * @param heapBytes of each child, all of it taken at start; 0 for what its connections need
     * @param bindsEarly whether a source address gets its port by a plain {@code bind()}, before the destination is known
     */
    record Loops(int processes, long heapBytes, boolean bindsEarly) implements Crew {
        /** Loops that leave the source port to the connect. */
        Loops(int processes, long heapBytes) {
            this(processes, heapBytes, false);
        }
    }

    /**
     * One process with a platform thread for each connection.
     *
     * @param heapBytes all of it taken at start
     * @param stackBytes address space of each thread's stack
     */
    record Threads(long heapBytes, long stackBytes) implements Crew {}
}
