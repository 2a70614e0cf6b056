package dev.weir.gateway.server;

import dev.weir.gateway.protocol.Payload;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * What the server API, metrics and shutdown may ask of the parked connections.
 *
 * <p><b>Threading:</b> every method may be called from any thread; futures complete on the caller's Vert.x context.
 */
public interface Hub {
    /**
     * Delivers one message to every subscriber of a channel on this node.
     *
     * @param channel a valid channel name
     * @param data one JSON value
     * @return fails with {@link Overloaded} when too much is in flight; completes when every loop has taken the frame for writing, not when clients have read it
     */
    Future<Void> publish(String channel, Payload data);

    /**
     * Closes connections of a user.
     *
     * @param user the user id; empty means anonymous connections
     * @param client only this connection, or empty for all of the user's
     * @param code close code of the catalogue or 4000-4999
     * @param reason at most 123 bytes of UTF-8
     * @return how many were closed
     */
    Future<Integer> disconnect(String user, String client, int code, String reason);

    /** Subscribers by channel on this node, channels without any left out. */
    Future<Map<String, Integer>> channels();

    /** Counters and gauges of this node, summed over loops. */
    HubStats stats();

    /** Ports that WebSockets are accepted on, resolved. */
    List<Integer> ports();

    /** How sockets are made here: {@code io_uring}, {@code epoll} or {@code nio}. */
    String transport();

    /**
     * Stops accepting, then closes every connection with 3001 at the configured rate.
     *
     * @return completes when no connection is left or the drain's timeout has passed
     */
    Future<Void> drain();
}
