package dev.weir.gateway.session;

/** What the rules ask about a session's subscriptions. */
public interface Subscriptions {
    /** Whether the session has joined the channel. */
    boolean contains(String channel);

    /** Channels joined. */
    int count();
}
