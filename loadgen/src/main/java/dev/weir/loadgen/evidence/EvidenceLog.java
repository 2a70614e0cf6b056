package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Missing;
import java.util.List;

/**
 * All that was read in one run.
 *
 * @param evidence figures with stable ids, in the order of the hops
 * @param missing probes that could not be read, with the reason
 * @param timeline deaths of processes and marks, in time order
 */
public record EvidenceLog(List<Evidence> evidence, List<Missing> missing, List<TimelineNote> timeline) {
    public EvidenceLog {
        evidence = List.copyOf(evidence);
        missing = List.copyOf(missing);
        timeline = List.copyOf(timeline);
    }
}
