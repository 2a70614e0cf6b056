package dev.weir.loadgen.topology;

import dev.weir.loadgen.scenario.Confinement;
import dev.weir.loadgen.scenario.Surroundings;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes the limits of hops and gives the words that a command line begins with to start inside them.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Confiner {
    private static final String SCRIPT = Script.read("confine.sh");
    private static final String NONE = "-";
    private static final long KILOBYTE = 1_024;

    private final Surroundings surroundings;
    private final MemoryGroups groups;

    /**
     * @param surroundings what is asked for
     * @param groups takes processes that have a memory limit
     */
    Confiner(Surroundings surroundings, MemoryGroups groups) {
        this.surroundings = surroundings;
        this.groups = groups;
    }

    /**
     * What a command line begins with.
     *
     * @param kind {@code agents}, {@code edge}, {@code ingress}, {@code gateway}
     * @param name of the process's hop, e.g. {@code edge-2}
     * @return empty when nothing is limited
     */
    List<String> prefix(String kind, String name) {
        Confinement limits = surroundings.of(kind);
        if (limits.equals(Confinement.NONE)) {
            return List.of();
        }
        String group = limits.memoryBytes().isPresent()
                ? groups.make(name, limits.memoryBytes().getAsLong()).toString()
                : NONE;
        return List.of(
                "sh",
                "-c",
                SCRIPT,
                "confine",
                group,
                word(limits.openFiles(), 1),
                word(limits.addressSpaceBytes(), KILOBYTE));
    }

    private static String word(OptionalLong value, long unit) {
        return value.isPresent() ? Long.toString(value.getAsLong() / unit) : NONE;
    }
}
