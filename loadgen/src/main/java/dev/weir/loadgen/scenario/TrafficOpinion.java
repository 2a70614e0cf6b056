package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.traffic.RateSearch;
import dev.weir.loadgen.traffic.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the traffic of a run adds to its verdict; nothing for a run without.
 *
 * @param promised the phases whose counts are promised: all but the trials of a search, which goes beyond what can be kept
 * @param kept whether every operation of these was answered and every delivery came
 * @param why sentences with figures
 * @param doubts what leaves rates and latencies open
 */
record TrafficOpinion(List<Phase> promised, boolean kept, List<String> why, List<String> doubts) {
    static TrafficOpinion of(Plan plan, List<Phase> phases) {
        Optional<Step.Find> find = plan.steps().stream()
                .filter(Step.Find.class::isInstance)
                .map(Step.Find.class::cast)
                .findFirst();
        List<Phase> promised = phases.stream()
                .filter(phase -> find.isEmpty() || !find.get().tried(phase))
                .toList();
        List<String> why = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        boolean kept = true;
        for (Phase phase : promised) {
            if (!phase.interfaces().isEmpty() && !phase.name().equals(Phase.WARM_UP)) {
                why.add(sums(phase));
                if (plan.storm().isPresent()) {
                    // What a storm breaks, and what it claims, is said elsewhere.
                    continue;
                }
                kept &= isKept(phase);
                Saturation.tripped(phase.generator()).forEach(tripped -> doubts.add(phase.name() + ": " + tripped));
            }
        }
        find.ifPresent(step -> search(step, phases, why, doubts));
        return new TrafficOpinion(promised, kept, why, doubts);
    }

    private static boolean isKept(Phase phase) {
        return phase.interfaces().stream()
                .allMatch(load -> load.answered() == load.asked()
                        && load.deliveries().came() == load.deliveries().owed());
    }

    private static String sums(Phase phase) {
        long asked = 0;
        long answered = 0;
        long failed = 0;
        long owed = 0;
        long came = 0;
        for (InterfaceLoad load : phase.interfaces()) {
            asked += load.asked();
            answered += load.answered();
            failed += load.failedCount();
            owed += load.deliveries().owed();
            came += load.deliveries().came();
        }
        return "in %s: %,d of %,d operations answered, %,d failed; %,d of %,d deliveries that they caused on held connections"
                .formatted(phase.name(), answered, asked, failed, came, owed);
    }

    /** Takes the search again from its trials: what it found is a function of them. */
    private static void search(Step.Find find, List<Phase> phases, List<String> why, List<String> doubts) {
        List<Phase> trials = phases.stream().filter(find::tried).toList();
        RateSearch search = RateSearch.START;
        for (Phase phase : trials) {
            double factor = search.next().orElse(0.0);
            search = search.with(factor, Trial.of(phase, find.threshold()));
        }
        String best = search.passed() == 0
                ? "no multiple of the mix"
                : String.format(
                        Locale.ROOT,
                        "%s the mix, %,.0f operations a second,",
                        Step.Find.multiple(search.passed()),
                        find.mix().times(search.passed()).total());
        Optional<RateSearch.Tried> voided = search.voidAt();
        Optional<RateSearch.Tried> limit = search.limitedAt();
        if (voided.isPresent()) {
            doubts.add("%s kept %s; at %s the load generator itself was the limit, so the highest is not known: %s"
                    .formatted(
                            best,
                            find.threshold().text(),
                            Step.Find.multiple(voided.get().factor()),
                            String.join("; ", voided.get().trial().why())));
        } else if (limit.isPresent()) {
            why.add("%s is the highest that kept %s; at %s: %s"
                    .formatted(
                            best,
                            find.threshold().text(),
                            Step.Find.multiple(limit.get().factor()),
                            String.join("; ", limit.get().trial().why())));
            Step.Traffic tried = find.times(limit.get().factor());
            last(trials, tried.name())
                    .ifPresent(phase -> why.add("CPU of a core in %s: %s".formatted(phase.name(), cores(phase))));
        } else if (search.passed() > 0) {
            why.add("%s kept %s, and nothing higher was tried"
                    .formatted(best, find.threshold().text()));
        }
    }

    private static Optional<Phase> last(List<Phase> trials, String name) {
        return trials.stream().filter(phase -> phase.name().equals(name)).reduce((first, later) -> later);
    }

    private static String cores(Phase phase) {
        return phase.costs().stream().map(TrafficOpinion::core).collect(Collectors.joining(", "));
    }

    private static String core(HopCost cost) {
        return String.format(Locale.ROOT, "%s %.0f %%", cost.hop(), cost.cpuShare() * 100);
    }
}
