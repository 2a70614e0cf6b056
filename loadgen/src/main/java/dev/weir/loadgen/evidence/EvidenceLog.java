package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Missing;
import java.util.List;

/**
 * All that was read in one run.
 *
 * @param evidence figures with stable ids, in the order of the hops
 * @param missing probes that could not be read, with the reason
 */
public record EvidenceLog(List<Evidence> evidence, List<Missing> missing) {
    public EvidenceLog {
        evidence = List.copyOf(evidence);
        missing = List.copyOf(missing);
    }
}
