package dev.weir.loadgen.measure;

import dev.weir.loadgen.outcome.GeneratorLoad;
import java.util.List;

/**
 * What the load generator did to itself.
 *
 * <p>Agents of one machine share its processors: side by side, CPU time used adds up and CPU time allowed does not.
 *
 * @param cpuUsedNanos CPU time used
 * @param cpuAllowedNanos CPU time that could have been used: elapsed time by processors
 * @param loopDelayMicros how late event loops ran
 * @param lateSendsMicros how late messages and connects left against their intended time
 * @param lostAgents agents that died
 */
public record GeneratorTally(
        long cpuUsedNanos,
        long cpuAllowedNanos,
        Distribution loopDelayMicros,
        Distribution lateSendsMicros,
        int lostAgents) {
    /** Of nothing. */
    public static final GeneratorTally NONE = new GeneratorTally(0, 0, Distribution.EMPTY, Distribution.EMPTY, 0);

    /** Both in the same time. */
    public GeneratorTally plus(GeneratorTally other) {
        return joined(other, Math.max(cpuAllowedNanos, other.cpuAllowedNanos));
    }

    /** All in the same time: as {@link #plus} one by one. */
    static GeneratorTally sum(List<GeneratorTally> parts) {
        return new GeneratorTally(
                parts.stream().mapToLong(GeneratorTally::cpuUsedNanos).sum(),
                parts.stream().mapToLong(GeneratorTally::cpuAllowedNanos).max().orElse(0),
                Distribution.sum(
                        parts.stream().map(GeneratorTally::loopDelayMicros).toList()),
                Distribution.sum(
                        parts.stream().map(GeneratorTally::lateSendsMicros).toList()),
                parts.stream().mapToInt(GeneratorTally::lostAgents).sum());
    }

    /** This, and then the other. */
    public GeneratorTally then(GeneratorTally later) {
        return joined(later, cpuAllowedNanos + later.cpuAllowedNanos);
    }

    private GeneratorTally joined(GeneratorTally other, long allowedNanos) {
        return new GeneratorTally(
                cpuUsedNanos + other.cpuUsedNanos,
                allowedNanos,
                loopDelayMicros.plus(other.loopDelayMicros),
                lateSendsMicros.plus(other.lateSendsMicros),
                lostAgents + other.lostAgents);
    }

    /** CPU time used over CPU time allowed; 0 before anything was measured. */
    public double cpuShare() {
        return cpuAllowedNanos == 0 ? 0 : (double) cpuUsedNanos / cpuAllowedNanos;
    }

    /**
     * The figures of a record.
     *
     * @param clamped values beyond the range of any distribution of the same tally
     */
    public GeneratorLoad toLoad(long clamped) {
        return new GeneratorLoad(
                cpuShare(),
                loopDelayMicros.at(99) / 1_000.0,
                loopDelayMicros.max() / 1_000.0,
                lateSendsMicros.at(99) / 1_000.0,
                clamped,
                lostAgents);
    }
}
