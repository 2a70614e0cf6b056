package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.util.List;

/**
 * What "reproduced" means for a variant: this cause on top, and this symptom seen.
 *
 * @param resource the cause
 * @param hop where
 * @param symptom what must be seen
 * @param probes probes without which nothing can be said
 * @param measuredIn phases in which a saturated generator leaves the claim open; empty for a claim that rests on counts alone
 */
public record Claim(Resource resource, String hop, Symptom symptom, List<String> probes, List<String> measuredIn) {
    public Claim {
        probes = List.copyOf(probes);
        measuredIn = List.copyOf(measuredIn);
    }
}
