package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The topology of the chain that is up, for commands that look at it or end it. */
final class RunningTopology {
    @Option(
            names = "--topology",
            paramLabel = "NAME",
            description = "the one that is up is meant; refused when it is on another")
    private @Nullable String topology;

    /**
     * Refuses a chain that is up on another topology than the one that was typed.
     *
     * @throws LabException of kind USAGE
     */
    void requireIs(ChainState state) {
        TopologyOption.known(topology)
                .filter(typed -> !typed.equals(state.topology()))
                .ifPresent(typed -> {
                    throw LabException.usage("--topology must be that of the chain that is up: topology=" + typed
                            + " up=" + state.topology() + "; leave it out");
                });
    }
}
