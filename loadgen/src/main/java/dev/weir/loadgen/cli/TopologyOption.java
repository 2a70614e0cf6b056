package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.proxy.error.Nearest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The option {@code --topology} of several commands. */
final class TopologyOption {
    static final String LOCAL = "local";
    static final String COMPOSE = "compose";
    private static final List<String> NAMES = List.of(LOCAL, "netns", COMPOSE);

    private TopologyOption() {}

    /**
     * What was typed.
     *
     * @param name as typed; null when it was not given
     * @throws LabException of kind USAGE when there is none of that name
     */
    static Optional<String> known(@Nullable String name) {
        if (name != null && !NAMES.contains(name)) {
            throw LabException.usage("--topology must be " + String.join(" or ", NAMES) + ": topology=" + name
                    + Nearest.remedy(name, NAMES));
        }
        return Optional.ofNullable(name);
    }
}
