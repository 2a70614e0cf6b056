package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Tally;
import org.jspecify.annotations.Nullable;

/**
 * A line from an agent in another process.
 *
 * @param id of the order that it answers
 * @param failure why it could not be done; null when it was
 * @param tally for a tally
 * @param nanos when it was given, {@code System.nanoTime} of the agent
 */
record AgentAnswer(long id, @Nullable String failure, AgentJson.@Nullable TallyForm tally, long nanos) {
    /** What stands for the answers of an agent that is gone. */
    static final AgentAnswer GONE = new AgentAnswer(0, null, null, 0);

    Tally toTally() {
        AgentJson.TallyForm form = tally;
        return form == null ? Tally.EMPTY : form.toTally();
    }
}
