package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.InterfaceLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The interfaces of a record, from what agents and publisher counted. */
public final class Interfaces {
    private Interfaces() {}

    /**
     * Those that have a rate.
     *
     * @param tally of the whole phase
     * @param askedPerSecond the rate that was asked of each
     * @param seconds for how long, at least 1
     */
    public static List<InterfaceLoad> of(Tally tally, ToDoubleFunction<Operation> askedPerSecond, int seconds) {
        List<InterfaceLoad> interfaces = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            double asked = askedPerSecond.applyAsDouble(operation);
            if (asked > 0) {
                // What follows another operation begins a second after it: its first second is no second of its own.
                int first = operation.follows().isPresent() && seconds > 1 ? 1 : 0;
                interfaces.add(owing(tally, operation).toLoad(operation, asked, first, seconds));
            }
        }
        return List.copyOf(interfaces);
    }

    /** Messages of the server API are followed by their sequences: what they owed is what came and what is known to be lost. */
    private static OperationTally owing(Tally tally, Operation operation) {
        OperationTally of = tally.operation(operation);
        return operation == Operation.API
                ? of.owing(tally.deliveries(Cohort.NORMAL).lost())
                : of;
    }
}
