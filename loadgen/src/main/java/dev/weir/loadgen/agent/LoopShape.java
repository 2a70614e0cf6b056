package dev.weir.loadgen.agent;

/**
 * The event loops of one agent.
 *
 * @param count how many, at least 1
 * @param ownTables whether each has a descriptor table of its own, so that the limit on open files is one for each
 */
public record LoopShape(int count, boolean ownTables) {
    /** Loops that share the process's descriptor table. */
    public static LoopShape shared(int count) {
        return new LoopShape(count, false);
    }
}
