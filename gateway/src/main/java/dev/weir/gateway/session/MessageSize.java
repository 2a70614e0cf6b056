package dev.weir.gateway.session;

import dev.weir.gateway.protocol.ClientInfo;
import dev.weir.gateway.protocol.Payload;
import java.util.Optional;

/** What a message takes of a subscriber's queue, before it is encoded. */
public final class MessageSize {
    /** The names and braces around data and channel, and the frame's header. */
    private static final int PUSH_BYTES = 64;

    /** The names and braces around a publisher. */
    private static final int INFO_BYTES = 32;

    private MessageSize() {}

    /**
     * Bytes of a message's frame, rounded up.
     *
     * @param channel its channel
     * @param data one JSON value
     * @param publisher who sent it; empty when it came over the server API
     */
    public static long bytes(String channel, Payload data, Optional<ClientInfo> publisher) {
        int info = publisher
                .map(sender ->
                        INFO_BYTES + sender.user().length() + sender.client().length())
                .orElse(0);
        return (long) data.length() + channel.length() + PUSH_BYTES + info;
    }
}
