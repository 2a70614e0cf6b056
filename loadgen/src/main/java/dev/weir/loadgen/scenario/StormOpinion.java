package dev.weir.loadgen.scenario;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Saturation;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What it adds to a verdict that many connections ended at once; nothing for a run in which none did.
 *
 * <p>Promises are counts: who was not meant to end is held, gets every message and an answer from the API, and every hop lets go of those that ended. How
 * long each took is told, and promised by nobody.
 *
 * @param phase in which it happened; empty in a run without
 * @param endedMax connections that may have ended
 * @param closesMax ends among these that agents may tell of: those that ended with their agent are told by nobody
 * @param kept whether the counts are as promised
 * @param why sentences with figures
 */
record StormOpinion(String phase, long endedMax, long closesMax, boolean kept, List<String> why) {
    private static final String GATEWAY = "gateway";
    private static final String AGENTS = "agents";
    /** Of what is asked of the chain while a hop of it dies, so much may be under way through that hop. */
    private static final double FAILED_SHARE_MAX = 0.2;

    static StormOpinion of(Plan plan, List<Phase> phases, List<Evidence> evidence) {
        return plan.storm()
                .map(storm -> of(storm, plan, phases, evidence))
                .orElseGet(() -> new StormOpinion("", 0, 0, true, List.of()));
    }

    private static StormOpinion of(Step.Storm storm, Plan plan, List<Phase> phases, List<Evidence> evidence) {
        long ended =
                switch (storm.loss()) {
                    case Step.Loss.OfAgents(int _, int survivors) -> (long) plan.connections() - survivors;
                    case Step.Loss.OfProcess(String hop) -> clients(hop, evidence);
                };
        boolean ofAgents = storm.loss() instanceof Step.Loss.OfAgents;
        List<String> why = new ArrayList<>();
        Optional<Phase> during = phase(phases, storm.name());
        if (during.isEmpty()) {
            return new StormOpinion(storm.name(), ended, 0, false, List.of("the storm did not come"));
        }
        long held = during.get().connections().heldAtEnd();
        why.add("%,d of %,d connections ended at once with %s; %,d of %,d others held"
                .formatted(
                        plan.connections() - held,
                        plan.connections(),
                        ofAgents ? "their agents" : "their gateway",
                        held,
                        plan.connections() - ended));
        boolean kept = held >= plan.connections() - ended
                && during.get().deliveries().delivered() > 0
                && isLetGo(plan, held, evidence, why);
        for (InterfaceLoad load : during.get().interfaces()) {
            kept &= isAnswered(load, ofAgents);
        }
        lateness(evidence, why);
        phases.stream()
                .filter(each -> !each.interfaces().isEmpty() && !each.name().equals(Phase.WARM_UP))
                .forEach(each -> why.add(latencies(each)));
        return new StormOpinion(storm.name(), ended, ofAgents ? 0 : ended, kept, why);
    }

    private static Optional<Phase> phase(List<Phase> phases, String name) {
        return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
    }

    /** Those that a gateway held; a visitor may be among them. */
    private static long clients(String hop, List<Evidence> evidence) {
        return find(evidence, hop, GATEWAY, "node_num_clients")
                .map(item -> (long) item.peak())
                .orElse(0L);
    }

    /** A visitor whom the end met on its way, and nobody else. */
    private static boolean isAnswered(InterfaceLoad load, boolean ofAgents) {
        boolean own = load.name().equals(Operation.API.id()) || load.name().equals(Operation.HEALTH.id());
        double failedMax = own || ofAgents ? 0 : FAILED_SHARE_MAX * load.asked();
        return load.asked() - load.answered() <= failedMax;
    }

    /** Whether the gateways count as many as the agents hold. */
    private static boolean isLetGo(Plan plan, long held, List<Evidence> evidence, List<String> why) {
        double counted = evidence.stream()
                .filter(item -> item.probe().equals(GATEWAY) && item.key().equals("node_num_clients"))
                .filter(item -> !(plan.storm().orElseThrow().loss() instanceof Step.Loss.OfProcess(String hop))
                        || !item.hop().equals(hop))
                .mapToDouble(Evidence::after)
                .sum();
        if (counted > held) {
            why.add(String.format(Locale.ROOT, "%,.0f connections are still counted, %,d are held", counted, held));
        }
        return counted <= held;
    }

    /** Each hop at which a wave was seen. */
    private static void lateness(List<Evidence> evidence, List<String> why) {
        for (Evidence closed : evidence) {
            if (closed.key().equals("teardown.closed") && closed.hop().equals(AGENTS)) {
                why.add(String.format(
                        Locale.ROOT,
                        "agents saw %,.0f end and were late by at most %,.0f ms, before by at most %,.0f ms",
                        closed.peak(),
                        peak(evidence, closed, "teardown.stall"),
                        peak(evidence, closed, "teardown.calm")));
            } else if (closed.key().equals("teardown.closed")) {
                why.add(String.format(
                        Locale.ROOT,
                        "%s let go of %,.0f within %,.0f ms and was late by at most %,.0f ms, before by at most %,.0f ms",
                        closed.hop(),
                        closed.peak(),
                        peak(evidence, closed, "teardown.freed"),
                        peak(evidence, closed, "teardown.stall"),
                        peak(evidence, closed, "teardown.calm")));
            }
        }
    }

    private static double peak(List<Evidence> evidence, Evidence beside, String key) {
        return find(evidence, beside.hop(), beside.probe(), key)
                .map(Evidence::peak)
                .orElse(0.0);
    }

    private static Optional<Evidence> find(List<Evidence> evidence, String hop, String probe, String key) {
        return evidence.stream()
                .filter(item -> item.hop().equals(hop)
                        && item.probe().equals(probe)
                        && item.key().equals(key))
                .findFirst();
    }

    private static String latencies(Phase phase) {
        List<String> words = new ArrayList<>();
        words.add(String.format(
                Locale.ROOT,
                "delivery %,.1f",
                phase.latencyMillis().deliverIntended().p99()));
        for (InterfaceLoad load : phase.interfaces()) {
            if (load.answered() > 0 && !load.name().equals(Operation.DISCONNECT.id())) {
                words.add(String.format(
                        Locale.ROOT,
                        "%s %,.1f",
                        load.name(),
                        load.latencyMillis().intended().p99()));
            }
        }
        boolean claimsNothing = !Saturation.tripped(phase.generator()).isEmpty();
        return "p99 in ms in " + phase.name() + ": " + String.join(", ", words)
                + (claimsNothing ? " (the load generator was itself at its limit: they claim nothing)" : "");
    }
}
