package dev.weir.gateway.api;

import dev.weir.gateway.protocol.Payload;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One command of the server API, understood but not yet checked against this node's limits. */
sealed interface ApiRequest {
    /** One message to one channel. */
    record Publish(String channel, Payload data) implements ApiRequest {}

    /** One message to several channels. */
    record Broadcast(List<String> channels, Payload data) implements ApiRequest {}

    /** What this node is and holds. */
    record NodeInfo() implements ApiRequest {}

    /**
     * Channels that have subscribers.
     *
     * @param pattern only channels that match
     */
    record Channels(Optional<Pattern> pattern) implements ApiRequest {}

    /**
     * Closes connections of a user.
     *
     * @param client only this connection; empty for all of the user's
     */
    record Disconnect(String user, String client, int code, String reason) implements ApiRequest {}

    /** What reading a body led to. */
    sealed interface Parsed {}

    /** A command. */
    record Understood(ApiRequest request) implements Parsed {}

    /** JSON that is no command: an error of the command. */
    record Wrong(ApiError error) implements Parsed {}

    /** Not one JSON object in UTF-8: an error of the transport. */
    record NotJson(String why) implements Parsed {}
}
