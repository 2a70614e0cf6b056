package dev.weir.gateway.session;

import dev.weir.gateway.protocol.Disconnect;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.protocol.Reply;

/** What is to be done about one command; carried out by the owner of the socket. */
public sealed interface Decision {
    /**
     * The session opens.
     *
     * @param next its state from now on
     * @param reply what the client is told
     */
    record Open(SessionState.Connected next, Reply reply) implements Decision {}

    /**
     * Connect failed; the session takes nothing any more.
     *
     * @param reply what the client is told
     */
    record Reject(Reply reply) implements Decision {}

    /**
     * The session joins a channel that it is not in.
     *
     * @param channel the channel
     * @param reply what the client is told, before any push of the channel
     */
    record Join(String channel, Reply reply) implements Decision {}

    /**
     * The session leaves a channel, if it is in it.
     *
     * @param channel the channel
     * @param reply what the client is told
     */
    record Leave(String channel, Reply reply) implements Decision {}

    /**
     * A message goes to a channel.
     *
     * @param push the message
     * @param reply what the publisher is told, before its own copy
     */
    record Deliver(Push.Publication push, Reply reply) implements Decision {}

    /**
     * Nothing changes.
     *
     * @param reply what the client is told
     */
    record Answer(Reply reply) implements Decision {}

    /** A pong came; whether one was due is known to the heartbeat. */
    record AcceptPong() implements Decision {}

    /**
     * The connection ends.
     *
     * @param disconnect how
     */
    record Close(Disconnect disconnect) implements Decision {}
}
