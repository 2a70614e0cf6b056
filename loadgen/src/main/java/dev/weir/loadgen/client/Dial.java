package dev.weir.loadgen.client;

import dev.weir.loadgen.pace.ArrivalSchedule;
import dev.weir.loadgen.wire.Rooms;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How a group of connections is opened, with everything computed that they share.
 *
 * @param endpoints where to, used in turn; at least one
 * @param sources local addresses with port 0, used in turn; empty lets the kernel choose
 * @param bindsLate whether a source address gets its port at connect, by {@code IP_BIND_ADDRESS_NO_PORT}; else at bind
 * @param schedule when each is due
 * @param connections how many
 * @param inFlightMax handshakes under way at once, over all loops
 * @param speaksProtocol whether the client protocol is spoken after the 101; else each frame is a delivery
 * @param rooms each joins one of so many rooms in turn; 0 for none
 * @param everyone whether each also joins the room of all
 * @param heartbeat whether pings are answered
 * @param timeoutNanos from the start of the TCP connect to ready
 * @param reconnect what follows an unplanned end
 * @param nextHop who is blamed for an end without a close frame
 * @param seed what all randomness comes from
 * @param visits whether its connections come and go as part of traffic, beside those that are held
 */
public record Dial(
        List<Endpoint> endpoints,
        List<InetSocketAddress> sources,
        boolean bindsLate,
        ArrivalSchedule schedule,
        int connections,
        int inFlightMax,
        boolean speaksProtocol,
        int rooms,
        boolean everyone,
        boolean heartbeat,
        long timeoutNanos,
        ReconnectDelay reconnect,
        String nextHop,
        long seed,
        boolean visits) {

    public Dial {
        endpoints = List.copyOf(endpoints);
        sources = List.copyOf(sources);
    }

    /** The same way to connect, for connections that come and go. */
    Dial visiting() {
        return new Dial(
                endpoints,
                sources,
                bindsLate,
                schedule,
                connections,
                inFlightMax,
                speaksProtocol,
                rooms,
                everyone,
                heartbeat,
                timeoutNanos,
                reconnect,
                nextHop,
                seed,
                true);
    }

    /** The number of the room that a connection joins besides the room of all; {@link Rooms#UNKNOWN} for none. */
    int joinedRoom(int ordinal) {
        return speaksProtocol && rooms > 0 ? ordinal % rooms : Rooms.UNKNOWN;
    }

    Endpoint endpoint(int ordinal) {
        return endpoints.get(ordinal % endpoints.size());
    }

    /** Where a connection leaves from, so that successive ones take all pairs of source and endpoint; empty lets the kernel choose. */
    Optional<InetSocketAddress> source(int ordinal) {
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(sources.get(ordinal / endpoints.size() % sources.size()));
    }

    /** Whether a socket is told to leave its port to the connect. */
    boolean choosesPortAtConnect() {
        return bindsLate && !sources.isEmpty();
    }
}
