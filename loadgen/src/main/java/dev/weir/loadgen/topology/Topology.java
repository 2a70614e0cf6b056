package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Chain;
import java.nio.file.Path;

/** Brings a chain up. */
public interface Topology {
    /** As typed and as in records, e.g. {@code local}. */
    String name();

    /**
     * Refuses, before anything starts, what cannot be made here.
     *
     * @throws LabException of kind ENVIRONMENT with what is missing
     */
    void check(Chain chain);

    /**
     * Starts a chain.
     *
     * @param chain the hops
     * @param folder takes each hop's rendered configuration, logs and temporary files
     * @return the chain, each hop accepting
     * @throws LabException of kind CONFIG when nginx or the gateway rejects its settings, of kind ENVIRONMENT when a hop could not carry the
     *     connections, a process does not start or its surroundings cannot be made; nothing is left then
     */
    RunningChain start(Chain chain, Path folder);
}
