package dev.weir.loadgen.agent;

import dev.weir.loadgen.outcome.Phase;
import java.util.List;

/**
 * What a plain load came to.
 *
 * @param phases {@code ramp} and, unless it was interrupted before, {@code hold}
 * @param refusedMessages messages that the server did not take
 * @param unansweredMessages messages of which nothing was heard
 * @param isInterrupted whether it was ended early
 * @param histograms the text of an {@code .hlog} with the latencies of each phase
 */
public record LoadOutcome(
        List<Phase> phases, long refusedMessages, long unansweredMessages, boolean isInterrupted, String histograms) {
    public LoadOutcome {
        phases = List.copyOf(phases);
    }
}
