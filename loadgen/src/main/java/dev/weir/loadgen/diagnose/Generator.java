package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The load generator was itself the limit.
 *
 * <p>The thresholds are those of {@link Saturation}: from them on the verdict claims neither latency nor rates.
 */
record Generator() implements Rule {
    /** A group that was stopped in so many of its periods has no processor time to spare. */
    private static final double THROTTLED_SHARE_MIN = 0.5;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> tripped = new ArrayList<>();
        over(facts, "generator.cpu-share", Saturation.CPU_SHARE_MAX).ifPresent(tripped::add);
        over(facts, "generator.loop-delay.p99", Saturation.LOOP_DELAY_MILLIS_P99_MAX)
                .ifPresent(tripped::add);
        over(facts, "generator.late-sends.p99", Saturation.LATE_SENDS_MILLIS_P99_MAX)
                .ifPresent(tripped::add);
        over(facts, "generator.lost-agents", 0).ifPresent(tripped::add);
        Optional<Evidence> refused = facts.symptom("failed{stage=thread,errno=EAGAIN,status=0}");
        refused.ifPresent(tripped::add);
        Optional<Evidence> stopped = facts.risen(Symptoms.HOP, "cpu-quota", "throttled", 1);
        Optional<Evidence> periods = facts.find(Symptoms.HOP, "cpu-quota", "periods");
        boolean starved = stopped.isPresent()
                && periods.isPresent()
                && Facts.rise(stopped.get()) >= THROTTLED_SHARE_MIN * Facts.rise(periods.get());
        if (tripped.isEmpty()) {
            return List.of();
        }
        Optional<Evidence> host = facts.find("host", "host", "cpu.share");
        Optional<Evidence> own = facts.find(Symptoms.HOP, "process", "cpu.share");
        boolean busy = host.filter(e -> e.peak() > Saturation.CPU_SHARE_MAX).isPresent();
        return new Citing()
                        .and(tripped)
                        .and(refused.flatMap(e -> facts.find(Symptoms.HOP, "process", "threads")))
                        .and(refused.flatMap(e -> facts.find(Symptoms.HOP, "process", "address-space")))
                        .and(starved ? stopped : Optional.empty())
                        .and(starved ? periods : Optional.empty())
                        .and(starved ? facts.find(Symptoms.HOP, "cpu-quota", "limit") : Optional.empty())
                        .and(own)
                        .and(host)
                        .cause(
                                Resource.GENERATOR,
                                Symptoms.HOP,
                                starved || refused.isPresent() || (tripped.size() > 1 && busy)
                                        ? Rank.CERTAIN
                                        : Rank.LIKELY,
                                "the load generator was a limit: "
                                        + String.join(
                                                ", ",
                                                tripped.stream()
                                                        .map(Generator::said)
                                                        .toList())
                                        + host.map(e -> "; processors of this machine " + Figures.share(e.peak())
                                                        + " busy")
                                                .orElse("")
                                        + (starved
                                                ? "; its control group was out of processor time in "
                                                        + Figures.count(Facts.rise(stopped.orElseThrow())) + " of "
                                                        + Figures.count(Facts.rise(periods.orElseThrow())) + " periods"
                                                : "")
                                        + refused.flatMap(e -> facts.find(Symptoms.HOP, "process", "threads"))
                                                .map(e -> "; it had " + Figures.count(e.peak()) + " threads then")
                                                .orElse(""),
                                refused.isPresent()
                                        ? "agents with event loops; or a smaller heap and smaller stacks, which leave more address space to threads"
                                        : "more agents on other machines, fewer connections, or a lower rate: -R, --publish")
                        .stream()
                        .toList();
    }

    private static Optional<Evidence> over(Facts facts, String key, double limit) {
        return facts.symptom(key).filter(e -> e.peak() > limit);
    }

    private static String said(Evidence e) {
        return switch (e.unit()) {
            case "share" -> "processor " + Figures.share(e.peak());
            case "ms" -> e.key().substring("generator.".length()) + " " + Figures.time(e.peak());
            default ->
                e.key().startsWith("failed")
                        ? "the system refused a thread to " + Figures.count(e.peak()) + " connections"
                        : Figures.count(e.peak()) + " agents lost";
        };
    }
}
