package dev.weir.loadgen.agent;

import dev.weir.loadgen.client.TlsTrust;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Connections to open.
 *
 * <p><b>Example:</b> {@code ConnectPlan.of(URI.create("ws://127.0.0.1:8000/connection/websocket"), 1_000).withRooms(10, true)}.
 *
 * @param targets {@code ws://} or {@code wss://} URIs, used in turn; at least one
 * @param connections how many
 * @param ratePerSecond constant arrival rate; 0 means as fast as {@code inFlightMax} allows
 * @param inFlightMax handshakes under way at once
 * @param protocol what is spoken after the 101
 * @param rooms each connection is subscribed to one of {@code room-0 … room-(n-1)} in turn; 0 subscribes to none
 * @param everyone every connection also subscribes to the room {@code everyone}
 * @param heartbeat whether pings are answered
 * @param connectTimeout from the start of TCP connect until ready
 * @param sourceAddresses local addresses used in turn; empty lets the kernel choose
 * @param binding when a source address gets its port
 * @param reconnect what a connection does after an unplanned end
 * @param headers extra request headers, {@code Name: value}
 * @param nextHop who is blamed for a FIN or RST without a close frame: the hop that the agents talk to
 * @param seed what all randomness of this plan comes from
 * @param trust whose certificates are believed at {@code wss://} targets
 */
public record ConnectPlan(
        List<URI> targets,
        int connections,
        double ratePerSecond,
        int inFlightMax,
        Protocol protocol,
        int rooms,
        boolean everyone,
        boolean heartbeat,
        Duration connectTimeout,
        List<String> sourceAddresses,
        Binding binding,
        Reconnect reconnect,
        List<String> headers,
        String nextHop,
        long seed,
        TlsTrust trust) {

    public ConnectPlan {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must not be empty");
        }
        require(connections >= 0, "connections must be >= 0: connections=", connections);
        require(ratePerSecond >= 0, "ratePerSecond must be >= 0: ratePerSecond=", ratePerSecond);
        require(inFlightMax > 0, "inFlightMax must be > 0: inFlightMax=", inFlightMax);
        require(rooms >= 0, "rooms must be >= 0: rooms=", rooms);
        targets = List.copyOf(targets);
        sourceAddresses = List.copyOf(sourceAddresses);
        headers = List.copyOf(headers);
    }

    private static void require(boolean holds, String rule, Number value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + value);
        }
    }

    /** Connections with the defaults: 1,000 a second, heartbeats answered, in no room, 10 s to get ready, no reconnecting. */
    public static ConnectPlan of(URI target, int connections) {
        return new ConnectPlan(
                List.of(target),
                connections,
                1_000,
                1_000,
                Protocol.CENTRIFUGO,
                0,
                false,
                true,
                Duration.ofSeconds(10),
                List.of(),
                Binding.AT_CONNECT,
                Reconnect.NONE,
                List.of(),
                "peer",
                1,
                TlsTrust.JDK);
    }

    /** The same with other rooms. */
    public ConnectPlan withRooms(int count, boolean withEveryone) {
        return new ConnectPlan(
                targets,
                connections,
                ratePerSecond,
                inFlightMax,
                protocol,
                count,
                withEveryone,
                heartbeat,
                connectTimeout,
                sourceAddresses,
                binding,
                reconnect,
                headers,
                nextHop,
                seed,
                trust);
    }

    /** The same for other connections, at another rate, with other randomness. */
    public ConnectPlan withShare(int count, double rate, int inFlight, long otherSeed) {
        return new ConnectPlan(
                targets,
                count,
                rate,
                inFlight,
                protocol,
                rooms,
                everyone,
                heartbeat,
                connectTimeout,
                sourceAddresses,
                binding,
                reconnect,
                headers,
                nextHop,
                otherSeed,
                trust);
    }

    /** What is spoken after the 101. */
    public enum Protocol {
        /** The Centrifugo client protocol, JSON form. */
        CENTRIFUGO,
        /** Nothing: each frame is a delivery. */
        RAW
    }

    /** When a source address gets its port. */
    public enum Binding {
        /** When the destination is known, by {@code IP_BIND_ADDRESS_NO_PORT}: a port is free again for each destination. */
        AT_CONNECT,
        /** By a plain {@code bind()}: a port is taken for all destinations. */
        AT_BIND
    }

    /** What a connection does after an unplanned end. */
    public enum Reconnect {
        /** Stays away. */
        NONE,
        /** Comes back at once. */
        IMMEDIATE,
        /** Comes back after a random part of a wait that doubles from 0.5 s to 20 s, as the protocol's own clients do. */
        BACKOFF
    }
}
