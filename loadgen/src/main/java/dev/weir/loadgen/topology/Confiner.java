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
    private final MemoryGroups memory;
    private final ProcessorGroups processor;

    /**
     * @param surroundings what is asked for
     * @param ledger takes the control groups that are made
     * @param id the run's group, e.g. {@code weir-3fa91c}
     */
    Confiner(Surroundings surroundings, Ledger ledger, String id) {
        this.surroundings = surroundings;
        this.memory = new MemoryGroups(ledger, id);
        this.processor = new ProcessorGroups(ledger, id);
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
        List<String> words = List.of(word(limits.openFiles(), 1), word(limits.addressSpaceBytes(), KILOBYTE));
        boolean inGroups =
                limits.memoryBytes().isPresent() || limits.millicores().isPresent();
        if (!inGroups && words.stream().allMatch(NONE::equals)) {
            return List.of();
        }
        String memoryGroup = limits.memoryBytes().isPresent()
                ? memory.make(name, limits.memoryBytes().getAsLong()).toString()
                : NONE;
        String processorGroup = limits.millicores().isPresent()
                ? processor.make(name, limits.millicores().getAsLong()).toString()
                : NONE;
        return List.of("sh", "-c", SCRIPT, "confine", memoryGroup, processorGroup, words.getFirst(), words.getLast());
    }

    /** Limits of processor time hold from now on. */
    void squeeze() {
        processor.squeeze();
    }

    private static String word(OptionalLong value, long unit) {
        return value.isPresent() ? Long.toString(value.getAsLong() / unit) : NONE;
    }
}
