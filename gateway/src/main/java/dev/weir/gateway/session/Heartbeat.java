package dev.weir.gateway.session;

import java.util.random.RandomGenerator;

/**
 * When pings are sent and how long their answers may take.
 *
 * <p>A pong is waited for at most one interval, because one ping is outstanding at a time.
 *
 * @param intervalMillis most time between pings; 0 sends none
 * @param pongTimeoutMillis a ping unanswered for this long closes the connection with 3012
 */
public record Heartbeat(long intervalMillis, long pongTimeoutMillis) {
    /** The last eighth of an interval, in which a ping may go with something else that is sent. */
    private static final int EARLY_PART = 8;

    /** The last sixteenth, anywhere in which the next ping is due. */
    private static final int JITTER_PART = 16;

    /**
     * Caps the pong's time at one interval.
     *
     * @throws IllegalArgumentException when a time is negative, or pings are sent and no time is left to answer
     */
    public Heartbeat {
        if (intervalMillis < 0 || (intervalMillis > 0 && pongTimeoutMillis <= 0)) {
            throw new IllegalArgumentException("heartbeat must leave time to answer: interval=" + intervalMillis
                    + " pongTimeout=" + pongTimeoutMillis);
        }
        pongTimeoutMillis = intervalMillis == 0 ? pongTimeoutMillis : Math.min(pongTimeoutMillis, intervalMillis);
    }

    /** Whether pings are sent. */
    public boolean enabled() {
        return intervalMillis > 0;
    }

    /** When the first ping is due: anywhere in the second half of the interval, so that a wave of connects is spread. */
    public long firstPingMillis(long nowMillis, RandomGenerator random) {
        long half = intervalMillis / 2;
        return nowMillis + half + random.nextLong(intervalMillis - half + 1);
    }

    /** Whether a ping that is due then may be sent now, with something else: clients are promised no more time between pings, not as much. */
    public boolean mayPingEarly(long dueMillis, long nowMillis) {
        return enabled() && dueMillis - nowMillis <= intervalMillis / EARLY_PART;
    }

    /** When the answer to a ping sent now must be there. */
    public long pongDueMillis(long nowMillis) {
        return nowMillis + pongTimeoutMillis;
    }

    /** When a ping was sent, given the moment at which its answer was due. */
    public long pingSentMillis(long pongDueMillis) {
        return pongDueMillis - pongTimeoutMillis;
    }

    /**
     * When the next ping is due, given the moment at which the answer to the last one was due: after an interval, or up to a sixteenth of it sooner, so
     * that pings which went with one message part again.
     */
    public long nextPingMillis(long pongDueMillis, RandomGenerator random) {
        return pingSentMillis(pongDueMillis) + intervalMillis - random.nextLong(intervalMillis / JITTER_PART + 1);
    }
}
