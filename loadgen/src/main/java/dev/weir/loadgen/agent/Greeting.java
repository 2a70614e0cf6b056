package dev.weir.loadgen.agent;

import org.jspecify.annotations.Nullable;

/**
 * What an agent on another host and who leads it say to each other before the orders, one JSON object a line: {@link Hello}, answered by
 * {@link Welcome}; then empty lines that ask for the time, each answered by {@link Time}; then {@link Start}, answered by {@link Welcome}.
 */
final class Greeting {
    private Greeting() {}

    /**
     * Who leads.
     *
     * @param version of Weir: both ends must have the same
     * @param token the secret that both know
     */
    record Hello(String version, String token) {}

    /**
     * Whether the agent takes part.
     *
     * @param refusal why not; null when it does
     */
    record Welcome(@Nullable String refusal) {}

    /**
     * The agent's clock.
     *
     * @param nanos {@code System.nanoTime}
     */
    record Time(long nanos) {}

    /**
     * What the agent is for.
     *
     * @param connections its share
     * @param seed what its randomness comes from
     * @param aheadNanos how far its clock is ahead of that of who leads
     */
    record Start(int connections, long seed, long aheadNanos) {}
}
