package dev.weir.loadgen.agent;

import org.jspecify.annotations.Nullable;

/**
 * A line from an agent in another process.
 *
 * @param id of the order that it answers
 * @param failure why it could not be done; null when it was
 * @param tally for a tally
 */
record AgentAnswer(long id, @Nullable String failure, AgentJson.@Nullable TallyForm tally) {}
