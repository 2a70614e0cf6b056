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
 */
public record Claim(Resource resource, String hop, Symptom symptom, List<String> probes) {
    public Claim {
        probes = List.copyOf(probes);
    }
}
