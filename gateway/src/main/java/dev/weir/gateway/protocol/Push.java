package dev.weir.gateway.protocol;

import java.util.Optional;

/** What the server says unasked. Nothing in it is about one receiver, so that one encoding serves all. */
public sealed interface Push {
    /** The channel that the push belongs to. */
    String channel();

    /**
     * A message.
     *
     * @param channel the channel's name
     * @param data the message
     * @param publisher who sent it; empty when it came over the server API
     */
    record Publication(String channel, Payload data, Optional<ClientInfo> publisher) implements Push {}
}
