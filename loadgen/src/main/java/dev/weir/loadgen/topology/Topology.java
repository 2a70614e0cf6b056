package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Plan;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a chain up. */
public interface Topology {
    /** As typed and as in records, e.g. {@code local}. */
    String name();

    /** What a user should know of it before it starts; empty when there is nothing to say. */
    default String says() {
        return "";
    }

    /** Why a plan makes no sense on it, whatever this host has; empty when it does. */
    default Optional<String> lacks(Plan plan) {
        return Optional.empty();
    }

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
