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
    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> tripped = new ArrayList<>();
        over(facts, "generator.cpu-share", Saturation.CPU_SHARE_MAX).ifPresent(tripped::add);
        over(facts, "generator.loop-delay.p99", Saturation.LOOP_DELAY_MILLIS_P99_MAX)
                .ifPresent(tripped::add);
        over(facts, "generator.late-sends.p99", Saturation.LATE_SENDS_MILLIS_P99_MAX)
                .ifPresent(tripped::add);
        over(facts, "generator.lost-agents", 0).ifPresent(tripped::add);
        if (tripped.isEmpty()) {
            return List.of();
        }
        Optional<Evidence> host = facts.find("host", "host", "cpu.share");
        Optional<Evidence> own = facts.find(Symptoms.HOP, "process", "cpu.share");
        boolean busy = host.filter(e -> e.peak() > Saturation.CPU_SHARE_MAX).isPresent();
        return new Citing()
                        .and(tripped)
                        .and(own)
                        .and(host)
                        .cause(
                                Resource.GENERATOR,
                                Symptoms.HOP,
                                tripped.size() > 1 && busy ? Rank.CERTAIN : Rank.LIKELY,
                                "the load generator was a limit: "
                                        + String.join(
                                                ", ",
                                                tripped.stream()
                                                        .map(Generator::said)
                                                        .toList())
                                        + host.map(e -> "; processors of this machine " + Figures.share(e.peak())
                                                        + " busy")
                                                .orElse(""),
                                "more agents on other machines, fewer connections, or a lower rate: -R, --publish")
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
            default -> Figures.count(e.peak()) + " agents lost";
        };
    }
}
