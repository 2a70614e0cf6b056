package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Turns what a run saw into a verdict. */
public final class Judge {
    private static final String NORMAL = "normal";
    private static final double LATE_MILLIS = 1_000;

    private Judge() {}

    /**
     * What a run saw.
     *
     * @param phases as the agents lived them
     * @param evidence from every hop
     * @param missing probes that could not be read
     * @param causes ranked, the most certain first
     * @param interrupted what cut the run short or went away under it, e.g. a hop that died; empty when nothing did
     * @param series figures that were followed
     */
    public record Findings(
            List<Phase> phases,
            List<Evidence> evidence,
            List<Missing> missing,
            List<Cause> causes,
            List<String> interrupted,
            List<Series> series) {
        /** Of a run that followed none. */
        public Findings(
                List<Phase> phases,
                List<Evidence> evidence,
                List<Missing> missing,
                List<Cause> causes,
                List<String> interrupted) {
            this(phases, evidence, missing, causes, interrupted, List.of());
        }
    }

    /** The verdict on a run of this plan. */
    public static Verdict judge(Plan plan, Findings findings) {
        if (!findings.interrupted().isEmpty()) {
            return new Verdict.Inconclusive(findings.interrupted());
        }
        return plan.claim().map(claim -> claimed(plan, claim, findings)).orElseGet(() -> promises(plan, findings));
    }

    private static Verdict claimed(Plan plan, Claim claim, Findings findings) {
        Symptom.Sighting sighting = claim.symptom().look(findings.phases(), findings.evidence());
        if (plan.expected() == Expected.INCONCLUSIVE) {
            return aboutGenerator(claim, sighting, findings);
        }
        List<String> doubts = doubts(plan, claim, sighting.seen(), findings);
        if (!doubts.isEmpty()) {
            return new Verdict.Inconclusive(doubts);
        }
        if (!sighting.seen()) {
            List<String> harm = plan.expected() == Expected.NOT_REPRODUCED ? harm(findings) : List.of();
            return harm.isEmpty()
                    ? new Verdict.NotReproduced(List.of(sighting.figures()))
                    : new Verdict.Inconclusive(with(sighting.figures(), harm));
        }
        if (plan.expected() == Expected.NOT_REPRODUCED) {
            return new Verdict.Inconclusive(List.of(sighting.figures(), "the fix was to prevent just this"));
        }
        List<Cause> causes = findings.causes();
        if (causes.isEmpty()) {
            return new Verdict.Inconclusive(List.of(sighting.figures(), "no cause fits the evidence"));
        }
        Cause top = causes.getFirst();
        if (names(claim, top)) {
            return new Verdict.Reproduced(List.of(sighting.figures(), top.says()));
        }
        boolean tied = causes.stream().anyMatch(cause -> names(claim, cause) && cause.rank() == top.rank());
        String other = "%s at %s came out on top, expected was %s at %s"
                .formatted(top.resource().id(), top.hop(), claim.resource().id(), claim.hop());
        return tied
                ? new Verdict.Inconclusive(List.of(
                        sighting.figures(), other + "; both rank " + top.rank().id()))
                : new Verdict.NotReproduced(List.of(sighting.figures(), other));
    }

    /** A variant whose generator is the limit: as few connections and as late messages as may be, but for this reason and no other. */
    private static Verdict aboutGenerator(Claim claim, Symptom.Sighting sighting, Findings findings) {
        List<String> missing = missing(claim, findings);
        if (!missing.isEmpty()) {
            return new Verdict.Inconclusive(missing);
        }
        if (!sighting.seen()) {
            return new Verdict.NotReproduced(List.of(sighting.figures()));
        }
        String found = findings.causes().stream()
                .findFirst()
                .map(top -> "%s at %s came out on top".formatted(top.resource().id(), top.hop()))
                .orElse("no cause fits the evidence");
        return findings.causes().stream()
                .findFirst()
                .filter(top -> names(claim, top))
                .<Verdict>map(top -> new Verdict.GeneratorLimit(List.of(sighting.figures(), top.says())))
                .orElseGet(() -> new Verdict.Inconclusive(List.of(
                        sighting.figures(),
                        "%s, expected was %s at %s"
                                .formatted(found, claim.resource().id(), claim.hop()))));
    }

    /** What a fix must not cost the connections that do read: none ended, nothing lost, no delivery later than a second. */
    private static List<String> harm(Findings findings) {
        List<String> harm = new ArrayList<>();
        for (Phase phase : findings.phases()) {
            long ended = phase.connections().closed().stream()
                    .filter(close -> close.cohort().equals(NORMAL))
                    .mapToLong(Close::count)
                    .sum();
            if (ended > 0) {
                harm.add("in %s: %,d connections that do read ended".formatted(phase.name(), ended));
            }
            if (phase.deliveries().lost() > 0) {
                harm.add("in %s: %,d deliveries lost"
                        .formatted(phase.name(), phase.deliveries().lost()));
            }
            double late = phase.latencyMillis().deliverIntended().p99();
            if (late > LATE_MILLIS
                    && !phase.name().equals(Phase.WARM_UP)
                    && Saturation.tripped(phase.generator()).isEmpty()) {
                harm.add(String.format(Locale.ROOT, "in %s: delivery p99 of %.0f ms", phase.name(), late));
            }
        }
        return harm;
    }

    private static List<String> with(String first, List<String> more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(more);
        return all;
    }

    private static boolean names(Claim claim, Cause cause) {
        return cause.resource() == claim.resource() && cause.hop().equals(claim.hop());
    }

    /** Probes that the claim needs and that could not be read. */
    private static List<String> missing(Claim claim, Findings findings) {
        List<String> doubts = new ArrayList<>();
        for (Missing missing : findings.missing()) {
            boolean needed = claim.probes().contains(missing.probe())
                    && (missing.hop().equals(claim.hop()) || missing.hop().equals("host"));
            if (needed) {
                doubts.add(
                        "the probe %s at %s is missing: %s".formatted(missing.probe(), missing.hop(), missing.why()));
            }
        }
        return doubts;
    }

    private static List<String> doubts(Plan plan, Claim claim, boolean seen, Findings findings) {
        List<String> doubts = missing(claim, findings);
        boolean cutOff = claim.probes().contains("ss") && Evidence.socketsCutOff(findings.evidence());
        if (cutOff) {
            doubts.add("the list of sockets was cut off, so its sums are lower bounds");
        }
        long opened = Phase.opened(findings.phases());
        if (opened < plan.connections() && !(seen && claim.symptom().isShortfall())) {
            doubts.add(
                    "%,d of %,d connections were reached, and nothing says that the expected cause stopped the others"
                            .formatted(opened, plan.connections()));
        }
        int lost = findings.phases().stream()
                .mapToInt(phase -> phase.generator().lostAgents())
                .sum();
        if (lost > 0) {
            doubts.add(lost + " load agents died");
        }
        for (Phase phase : findings.phases()) {
            if (claim.measuredIn().contains(phase.name())) {
                Saturation.tripped(phase.generator()).forEach(why -> doubts.add("in " + phase.name() + ": " + why));
            }
        }
        return doubts;
    }

    private static Verdict promises(Plan plan, Findings findings) {
        TrafficOpinion traffic = TrafficOpinion.of(plan, findings.phases());
        SoakOpinion soak = SoakOpinion.of(plan, findings.phases(), findings.series());
        StormOpinion storm = StormOpinion.of(plan, findings.phases(), findings.evidence());
        List<Phase> promised = traffic.promised();
        List<String> why = new ArrayList<>(findings.interrupted());
        long opened = Phase.opened(findings.phases());
        long expected = 0;
        long delivered = 0;
        long wrong = 0;
        long closed = 0;
        long failed = 0;
        for (Phase phase : promised) {
            expected += phase.deliveries().expected();
            delivered += phase.deliveries().delivered();
            wrong += phase.deliveries().lost()
                    + phase.deliveries().duplicated()
                    + phase.deliveries().reordered();
            closed += SoakOpinion.unplanned(plan, phase);
            failed += phase.connections().failedCount();
        }
        long held = promised.isEmpty() ? 0 : promised.getLast().connections().heldAtEnd();
        long back = Math.max(0, opened - plan.connections());
        why.add("%,d of %,d connections opened%s, %,d held at the end, %,d ended unplanned"
                .formatted(
                        opened - back,
                        plan.connections(),
                        back == 0 ? "" : ", %,d gone and back".formatted(back),
                        held,
                        closed));
        why.add("%,d of %,d deliveries, %,d lost, duplicated or reordered".formatted(delivered, expected, wrong));
        why.addAll(traffic.why());
        why.addAll(soak.why());
        why.addAll(storm.why());
        boolean good = findings.interrupted().isEmpty()
                && traffic.kept()
                && soak.kept()
                && storm.kept()
                && opened >= plan.connections()
                && failed == 0
                && held <= plan.connections()
                && held >= plan.connections() - soak.awayMax() - storm.endedMax()
                && closed <= storm.closesMax()
                && wrong == 0
                && delivered == expected
                && delivered >= soak.owed()
                && reachedEveryone(plan, findings.phases());
        List<String> doubts = new ArrayList<>(traffic.doubts());
        doubts.addAll(soak.doubts());
        if (good && !doubts.isEmpty()) {
            why.addAll(doubts);
            return new Verdict.Inconclusive(why);
        }
        return new Verdict.Promises(good, why);
    }

    /** Whether each of the plan's broadcasts to everyone reached all who were in, so that nothing published is not everything delivered. */
    private static boolean reachedEveryone(Plan plan, List<Phase> phases) {
        long members = 0;
        for (Step step : plan.steps()) {
            if (step instanceof Step.Ramp ramp) {
                members += plan.opens(ramp);
            } else if (step instanceof Step.Broadcast broadcast
                    && broadcast.room().equals(Scenario.EVERYONE)) {
                long owed = broadcast.messages() * members - missedBy(broadcast, phases);
                if (sum(broadcast, phases, phase -> phase.deliveries().delivered()) < owed) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Who is away for a moment may lack the message that was on its way to it and the one that was sent meanwhile. */
    private static long missedBy(Step.Broadcast broadcast, List<Phase> phases) {
        return broadcast.churnPerSecond() == 0
                ? 0
                : Math.min(broadcast.messages(), 2)
                        * sum(broadcast, phases, phase -> phase.connections().opened());
    }

    private static long sum(Step.Broadcast broadcast, List<Phase> phases, ToLongFunction<Phase> of) {
        return phases.stream()
                .filter(phase -> phase.name().equals(broadcast.name()))
                .mapToLong(of)
                .sum();
    }
}
