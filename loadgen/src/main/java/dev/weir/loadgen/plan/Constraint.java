package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Resource;
import java.util.function.LongUnaryOperator;

/**
 * A limit as a function of the number of connections: what is needed never falls as that grows, and what is allowed grows only where Weir itself
 * adds processes, addresses or ports.
 *
 * @param needed for a number of connections
 * @param allowed for a number of connections
 */
record Constraint(
        Resource resource,
        String hop,
        Severity severity,
        String unit,
        LongUnaryOperator needed,
        LongUnaryOperator allowed,
        Advice advice) {
    /**
     * What to say of it.
     *
     * @param says the arithmetic
     * @param fix the line that raises it
     * @param report where it was met
     */
    record Advice(String says, String fix, String report) {}

    Limit at(long connections) {
        return new Limit(
                resource,
                hop,
                severity,
                unit,
                needed.applyAsLong(connections),
                allowed.applyAsLong(connections),
                fits(),
                advice.says,
                advice.fix,
                advice.report);
    }

    /** The most connections that pass, by halving. */
    private long fits() {
        long passes = 0;
        long fails = Load.CONNECTIONS_MAX + 1;
        while (fails - passes > 1) {
            long middle = (passes + fails) >>> 1;
            if (needed.applyAsLong(middle) <= allowed.applyAsLong(middle)) {
                passes = middle;
            } else {
                fails = middle;
            }
        }
        return passes;
    }
}
