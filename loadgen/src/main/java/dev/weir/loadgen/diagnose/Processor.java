package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hop's processor time is the limit.
 *
 * <p>A thread that is busy for a second is a ramp. One that is busy for {@link #BUSY_MILLIS_MIN} without a pause, while its loop or its answers are late, has no more to
 * give. When the load generator was itself at its limit, lateness proves nothing, and this is only possible.
 */
record Processor() implements Rule {
    private static final double BUSY_MILLIS_MIN = 5_000;
    private static final double LATE_MILLIS_MIN = 200;
    private static final double DELIVERY_LATE_MILLIS = 1_000;

    @Override
    public List<Cause> judge(Facts facts) {
        return Rule.at(facts.hops(), hop -> facts.find(hop, "process", "cpu.busy")
                .filter(e -> e.peak() >= BUSY_MILLIS_MIN)
                .flatMap(busy -> judge(facts, hop, busy)));
    }

    private static Optional<Cause> judge(Facts facts, String hop, Evidence busy) {
        List<Evidence> late = new ArrayList<>(facts.evidence().stream()
                .filter(e -> e.hop().equals(hop) && e.peak() >= LATE_MILLIS_MIN)
                .filter(e -> e.key().equals("answer") || e.key().contains("loop_delay"))
                .toList());
        Optional<Evidence> queue = facts.find("host", "host", "runnable");
        boolean waits = queue.isPresent()
                && facts.find("host", "host", "processors")
                        .filter(e -> queue.get().peak() >= 2 * e.peak())
                        .isPresent();
        boolean slow = facts.connectsSlow()
                || facts.phases().stream()
                        .anyMatch(
                                phase -> phase.latencyMillis().deliverIntended().p99() >= DELIVERY_LATE_MILLIS);
        Rank rank = facts.generatorSaturated()
                ? Rank.POSSIBLE
                : !late.isEmpty() && (slow || waits)
                        ? Rank.CERTAIN
                        : !late.isEmpty() || slow ? Rank.LIKELY : Rank.POSSIBLE;
        String says = "a thread of " + hop + " was busy for " + Figures.time(busy.peak()) + " without a pause"
                + late.stream()
                        .findFirst()
                        .map(e -> "; " + e.key() + " was " + Figures.time(e.peak()))
                        .orElse("");
        return new Citing()
                .and(busy)
                .and(facts.find(hop, "process", "cpu.share.max"))
                .and(late)
                .and(queue)
                .cause(
                        Resource.PROCESSOR,
                        hop,
                        rank,
                        says,
                        hop + ": more workers or processes, a processor of its own, or less work a message");
    }
}
