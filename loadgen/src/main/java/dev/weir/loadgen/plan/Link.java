package dev.weir.loadgen.plan;

import dev.weir.proxy.capacity.Capacity;
import dev.weir.proxy.capacity.PortRange;
import java.util.Locale;

/**
 * The 4-tuples between one station and the next.
 *
 * @param from where connections leave
 * @param to where they arrive
 * @param sources different source addresses
 * @param destinations different addresses and ports
 * @param ports of each source address
 * @param others connections of other traffic that take tuples too
 */
public record Link(String from, String to, int sources, int destinations, PortRange ports, long others) {
    /** Connections that the link takes at full speed: half of the range for each pair. */
    public long planned() {
        return Math.max(0, Capacity.plannedTuples(ports, sources, destinations) - others);
    }

    /** Connections at which no tuple is free any more. */
    public long ceiling() {
        return Math.max(0, Capacity.tuples(ports, sources, destinations) - others);
    }

    /** The arithmetic in words, e.g. {@code 40,001 ports × 4 source addresses × 5 destinations}. */
    String arithmetic() {
        String tuples = String.format(
                Locale.ROOT,
                "%,d ports × %,d source address%s × %,d destination%s",
                ports.count(),
                sources,
                sources == 1 ? "" : "es",
                destinations,
                destinations == 1 ? "" : "s");
        return others == 0 ? tuples : tuples + String.format(Locale.ROOT, " less %,d of other traffic", others);
    }
}
