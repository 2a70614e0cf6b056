package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Resource;

/**
 * One limit against what a load needs of it.
 *
 * @param resource the cause that a diagnosis would name
 * @param hop where
 * @param severity what passing it means
 * @param unit of the two figures
 * @param needed by the load
 * @param allowed by the host
 * @param fits the most connections that this limit lets through; {@link Load#CONNECTIONS_MAX} when any number
 * @param says the arithmetic in one sentence
 * @param fix the line that raises it
 * @param report where it was met, e.g. {@code field report B, step 4}
 */
public record Limit(
        Resource resource,
        String hop,
        Severity severity,
        String unit,
        long needed,
        long allowed,
        long fits,
        String says,
        String fix,
        String report) {
    /** Whether the load passes it. */
    public boolean isPassed() {
        return needed > allowed;
    }

    /** Whether the load fails by it. */
    public boolean breaks() {
        return isPassed() && severity == Severity.BREAKS;
    }

    /** {@code source-ports at edge}. */
    public String name() {
        return resource.id() + " at " + hop;
    }
}
