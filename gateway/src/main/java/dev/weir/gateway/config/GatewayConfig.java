package dev.weir.gateway.config;

import dev.weir.gateway.fanout.SlowConsumerPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set on a gateway, validated as a whole by {@code ConfigReader}.
 *
 * <p><b>Threading:</b> immutable.
 *
 * @param listen where WebSockets are accepted
 * @param api the server API, health and metrics
 * @param heartbeat pings and what counts as silence
 * @param slowConsumer the bound on unsent bytes and the policy at it
 * @param limits what one process and one connection may take
 * @param access who may come in
 * @param drain how connections are let go at shutdown
 * @param loops event loops that carry parked sockets
 */
public record GatewayConfig(
        Listen listen,
        Api api,
        Heartbeat heartbeat,
        SlowConsumer slowConsumer,
        Limits limits,
        Access access,
        Drain drain,
        Loops loops) {

    /**
     * The same with what the host decides resolved.
     *
     * @param connectionsMax connections that it allows
     * @param loopCount event loops, at least 1
     * @param ownTables whether each has a descriptor table of its own
     */
    public GatewayConfig resolved(int connectionsMax, int loopCount, boolean ownTables) {
        Limits resolved = new Limits(
                Optional.of(connectionsMax),
                limits.handshakeTimeout(),
                limits.connectTimeout(),
                limits.frameBytesMax(),
                limits.subscriptionsMax(),
                limits.channelBytesMax(),
                limits.pingsPerSecondMax(),
                limits.closingTimeout());
        Loops resolvedLoops = new Loops(loopCount, loops.transport(), ownTables, loops.cleanupSlice());
        return new GatewayConfig(listen, api, heartbeat, slowConsumer, resolved, access, drain, resolvedLoops);
    }

    /**
     * Where WebSockets are accepted.
     *
     * @param host address to bind, e.g. {@code 0.0.0.0}
     * @param ports ports to listen on, at least one; 0 picks a free one
     * @param backlog accept queue length asked of the kernel, which caps it at {@code net.core.somaxconn}
     */
    public record Listen(String host, List<Integer> ports, int backlog) {}

    /**
     * The HTTP listener for the server API, health and metrics.
     *
     * @param host address to bind
     * @param port port of the HTTP API; 0 picks a free one
     * @param key API key; empty means that every {@code /api} request is refused with 401
     * @param metricsPrefix prefix of every metric name, with its underscore
     */
    public record Api(String host, int port, Optional<String> key, String metricsPrefix) {}

    /**
     * Pings of the protocol, and what counts as silence.
     *
     * @param pingInterval time between pings; zero sends none. The first is jittered over [interval/2, interval]
     * @param pongTimeout a ping unanswered for this long closes the connection with 3012
     */
    public record Heartbeat(Duration pingInterval, Duration pongTimeout) {}

    /**
     * The bound on bytes that a client has not taken, and the policy at it.
     *
     * @param queueBytesMax bytes per connection that the kernel has not taken
     * @param policy what happens at that bound
     * @param notSentLowatBytes {@code TCP_NOTSENT_LOWAT} of every parked socket; 0 leaves the kernel's default
     */
    public record SlowConsumer(long queueBytesMax, SlowConsumerPolicy policy, int notSentLowatBytes) {}

    /**
     * What one process and one connection may take.
     *
     * @param connectionsMax connections per process; empty means what the effective descriptor limit allows
     * @param handshakeTimeout from accept to the end of the HTTP upgrade
     * @param connectTimeout from the upgrade to the connect command; then close 3502
     * @param frameBytesMax largest message from a client; above it close 1009
     * @param subscriptionsMax subscriptions per connection; above it error 106
     * @param channelBytesMax longest channel name
     * @param pingsPerSecondMax WebSocket pings and pongs from one client per second; above it close 1008
     * @param closingTimeout from our close frame to closing TCP ourselves
     */
    public record Limits(
            Optional<Integer> connectionsMax,
            Duration handshakeTimeout,
            Duration connectTimeout,
            int frameBytesMax,
            int subscriptionsMax,
            int channelBytesMax,
            int pingsPerSecondMax,
            Duration closingTimeout) {}

    /**
     * Who may come in.
     *
     * @param insecure anonymous clients may connect, subscribe and publish
     * @param origins exact Origin values that may connect; empty means any request without an Origin header, and none with one
     *     unless it equals the Host
     */
    public record Access(boolean insecure, List<String> origins) {}

    /**
     * How connections are let go at shutdown.
     *
     * @param connectionsPerSecond rate at which connections are closed with 3001 during a drain
     * @param timeout the longest a drain may take; what is left then is closed at once
     */
    public record Drain(int connectionsPerSecond, Duration timeout) {}

    /**
     * The event loops that carry parked sockets.
     *
     * @param count event loops that carry parked sockets; 0 means one per core, and more when they need tables of their own
     * @param transport socket implementation
     * @param ownTables whether each has a descriptor table of its own; as configured, whether it may
     * @param cleanupSlice sockets with news, ended ones too, that a loop of epoll serves before it looks at tasks and timers
     */
    public record Loops(int count, Transport transport, boolean ownTables, int cleanupSlice) {}

    /** Socket implementations, the best that the kernel allows being the default. */
    public enum Transport {
        AUTO,
        IO_URING,
        EPOLL,
        NIO
    }
}
