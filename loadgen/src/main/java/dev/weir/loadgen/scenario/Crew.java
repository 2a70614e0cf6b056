package dev.weir.loadgen.scenario;

/** What the agents of a run are. */
public sealed interface Crew {
    /** Event loops, in as many processes as the connections need. */
    Crew AS_NEEDED = new Loops(0, 0);

    /**
     * Event loops that share the connections.
     *
     * @param processes child processes; 0 for as many as the connections need
     * @param heapBytes of each child, all of it taken at start; 0 for what its connections need
     */
    record Loops(int processes, long heapBytes) implements Crew {}

    /**
     * One process with a platform thread for each connection.
     *
     * @param heapBytes all of it taken at start
     * @param stackBytes address space of each thread's stack
     */
    record Threads(long heapBytes, long stackBytes) implements Crew {}
}
