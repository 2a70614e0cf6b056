package dev.weir.loadgen.diagnose;

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
 * <p><b>Source:</b> the thresholds are those from which on the verdict claims neither latency nor rates.
 */
record Generator() implements Rule {
    /** Processor time over what the agents may use. */
    static final double CPU_SHARE_MAX = 0.9;
    /** How late event loops may run, 99th percentile. */
    static final double LOOP_DELAY_MILLIS_MAX = 100;
    /** How late sends may leave, 99th percentile. */
    static final double LATE_SENDS_MILLIS_MAX = 100;

    @Override
    public List<Cause> judge(Facts facts) {
        List<Evidence> tripped = new ArrayList<>();
        over(facts, "generator.cpu-share", CPU_SHARE_MAX).ifPresent(tripped::add);
        over(facts, "generator.loop-delay.p99", LOOP_DELAY_MILLIS_MAX).ifPresent(tripped::add);
        over(facts, "generator.late-sends.p99", LATE_SENDS_MILLIS_MAX).ifPresent(tripped::add);
        over(facts, "generator.lost-agents", 0).ifPresent(tripped::add);
        if (tripped.isEmpty()) {
            return List.of();
        }
        Optional<Evidence> host = facts.find("host", "host", "cpu.share");
        Optional<Evidence> own = facts.find(Symptoms.HOP, "process", "cpu.share");
        boolean busy = host.filter(e -> e.peak() > CPU_SHARE_MAX).isPresent();
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
