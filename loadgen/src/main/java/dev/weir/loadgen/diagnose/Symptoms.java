package dev.weir.loadgen.diagnose;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agents lived through, in the form of evidence, so that causes cite both alike.
 *
 * <p>Counts that are 0 are left out, except those of lost agents and deliveries.
 */
final class Symptoms {
    static final String HOP = "agents";
    static final String PROBE = "symptoms";

    private final Map<String, Evidence> byKey = new LinkedHashMap<>();

    private Symptoms() {}

    static List<Evidence> of(List<Phase> phases) {
        Symptoms symptoms = new Symptoms();
        for (Phase phase : phases) {
            phase.connections().closed().forEach(symptoms::closed);
            for (Failure failure : phase.connections().failed()) {
                symptoms.add(failedKey(failure), "1", failure.count());
            }
            symptoms.add("deliveries.expected", "1", phase.deliveries().expected());
            symptoms.add("deliveries.delivered", "1", phase.deliveries().delivered());
            symptoms.add("deliveries.lost", "1", phase.deliveries().lost());
            symptoms.add("slow.expected", "1", phase.slowDeliveries().expected());
            symptoms.add("slow.delivered", "1", phase.slowDeliveries().delivered());
            if (matters(phase)) {
                symptoms.peak("generator.cpu-share", "share", phase.generator().cpuShare());
                symptoms.peak(
                        "generator.loop-delay.p99", "ms", phase.generator().loopDelayMillisP99());
                symptoms.peak(
                        "generator.late-sends.p99", "ms", phase.generator().lateSendsMillisP99());
            }
            symptoms.add("generator.lost-agents", "1", phase.generator().lostAgents());
        }
        AgentTeardown.of(phases).ifPresent(symptoms::teardown);
        return new ArrayList<>(symptoms.byKey.values());
    }

    private void teardown(AgentTeardown wave) {
        add("teardown.closed", "1", wave.closed());
        peak("teardown.stall", "ms", wave.stallMillis());
        peak("teardown.calm", "ms", wave.calmMillis());
    }

    /** A generator that is at its limit while connections open as fast as they can, and all do, limited nothing. */
    private static boolean matters(Phase phase) {
        if (phase.name().equals(Phase.WARM_UP)) {
            return false;
        }
        return phase.deliveries().expected() > 0
                || phase.slowDeliveries().expected() > 0
                || phase.connections().failedCount() > 0
                || phase.connections().closedCount() > 0
                || phase.generator().lostAgents() > 0;
    }

    static String closedKey(Close close) {
        return "closed{by=" + close.by() + ",how=" + close.how() + ",code=" + close.code() + ",cohort=" + close.cohort()
                + "}";
    }

    /** Key of the median silence before a close of this kind; the spread is that of the middle 80 %. */
    static String idleKey(Close close, String figure) {
        return "idle." + figure + closedKey(close).substring("closed".length());
    }

    static String failedKey(Failure failure) {
        return "failed{stage=" + failure.stage() + ",errno=" + failure.errno() + ",status=" + failure.status() + "}";
    }

    private void closed(Close close) {
        add(closedKey(close), "1", close.count());
        if (close.idleMillis().count() > 0) {
            peak(idleKey(close, "p50"), "ms", close.idleMillis().p50());
            peak(
                    idleKey(close, "spread"),
                    "ms",
                    close.idleMillis().p90() - close.idleMillis().p10());
        }
    }

    private void add(String key, String unit, long value) {
        Evidence old = byKey.get(key);
        put(key, unit, (old == null ? 0 : old.after()) + (double) value);
    }

    private void peak(String key, String unit, double value) {
        Evidence old = byKey.get(key);
        put(key, unit, Math.max(old == null ? 0 : old.after(), value));
    }

    private void put(String key, String unit, double value) {
        Evidence old = byKey.get(key);
        String id = old == null ? "s" + (byKey.size() + 1) : old.id();
        byKey.put(key, new Evidence(id, HOP, PROBE, key, unit, 0, value, value));
    }
}
