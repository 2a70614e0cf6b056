package dev.weir.loadgen.report;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.RunRecord;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Looks figures up in a record; a figure that was not read is empty, never zero. */
final class Figures {
    private final RunRecord run;

    Figures(RunRecord run) {
        this.run = run;
    }

    OptionalDouble peak(String hop, String probe, String key) {
        return find(hop, probe, key, Evidence::peak);
    }

    OptionalDouble before(String hop, String probe, String key) {
        return find(hop, probe, key, Evidence::before);
    }

    OptionalDouble after(String hop, String probe, String key) {
        return find(hop, probe, key, Evidence::after);
    }

    /** How much a counter rose. */
    OptionalDouble rise(String hop, String probe, String key) {
        return find(hop, probe, key, item -> item.after() - item.before());
    }

    /** Whether the list of sockets was cut off, so that what was counted there is a lower bound. */
    boolean truncated() {
        return Evidence.socketsCutOff(run.evidence());
    }

    private OptionalDouble find(String hop, String probe, String key, ToDoubleFunction<Evidence> which) {
        return run.evidence().stream()
                .filter(item -> item.hop().equals(hop)
                        && item.probe().equals(probe)
                        && item.key().equals(key))
                .mapToDouble(which)
                .findFirst();
    }

    static String show(OptionalDouble value, String unit) {
        return value.isEmpty() ? "-" : TextReport.figure(value.getAsDouble(), unit);
    }
}
