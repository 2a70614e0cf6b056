package dev.weir.gateway.protocol;

import java.util.Optional;

/** What a client can say. Every command but {@link Send} and {@link Pong} has an id above 0 that its reply repeats. */
public sealed interface Command {

    /**
     * Opens the session.
     *
     * @param id number of the command
     * @param token a connection token; empty when none was given
     * @param name what the client calls itself
     * @param version the client's version
     */
    record Connect(long id, String token, String name, String version) implements Command {}

    /**
     * Joins a channel.
     *
     * @param id number of the command
     * @param channel the channel's name, not yet checked
     * @param token a subscription token; empty when none was given
     * @param recover whether missed messages are asked for
     * @param flags 1 asks for channel compaction, 2 to be refused rather than joined with a gap
     * @param type 0 for a stream; others are kinds of subscription that this server does not have
     * @param filtered whether a tag filter was given
     */
    record Subscribe(long id, String channel, String token, boolean recover, long flags, long type, boolean filtered)
            implements Command {}

    /**
     * Leaves a channel.
     *
     * @param id number of the command
     * @param channel the channel's name
     */
    record Unsubscribe(long id, String channel) implements Command {}

    /**
     * Sends a message to a channel's subscribers.
     *
     * @param id number of the command
     * @param channel the channel's name, not yet checked
     * @param data the message; empty when the field was missing
     */
    record Publish(long id, String channel, Optional<Payload> data) implements Command {}

    /**
     * A command of the protocol that this server answers with an error of its own.
     *
     * @param id number of the command
     * @param method which one
     */
    record Unsupported(long id, Method method) implements Command {}

    /**
     * A command that is known, with a field of the wrong type.
     *
     * @param id number of the command
     * @param field the field
     */
    record Malformed(long id, String field) implements Command {}

    /** A message to the server that expects no reply. */
    record Send() implements Command {}

    /** The answer to a ping: an empty object. */
    record Pong() implements Command {}

    /** Commands of the protocol that are recognised and not available. */
    enum Method {
        PRESENCE,
        PRESENCE_STATS,
        HISTORY,
        RPC,
        REFRESH,
        SUB_REFRESH,
        PING
    }
}
