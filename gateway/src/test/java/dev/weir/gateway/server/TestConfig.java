package dev.weir.gateway.server;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.fanout.SlowConsumerPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Configurations for tests: the defaults of a small gateway on free ports, and what a test changes of them. */
public final class TestConfig {
    public boolean insecure = true;
    public List<String> origins = List.of();
    public Duration pingInterval = Duration.ofSeconds(25);
    public Duration pongTimeout = Duration.ofSeconds(8);
    public Duration handshakeTimeout = Duration.ofSeconds(5);
    public Duration connectTimeout = Duration.ofSeconds(5);
    public Duration closingTimeout = Duration.ofSeconds(3);
    public SlowConsumerPolicy policy = new SlowConsumerPolicy.Disconnect();
    public long queueBytesMax = 1 << 20;
    public int connectionsMax = 100_000;
    public int subscriptionsMax = 128;
    public int pingsPerSecondMax = 10;
    public int drainPerSecond = 10_000;
    public Duration drainTimeout = Duration.ofSeconds(10);
    public int loops = 2;
    public boolean ownTables;
    public int port;
    public GatewayConfig.Transport transport = GatewayConfig.Transport.AUTO;

    /** The defaults on one kind of sockets; the test is skipped where the host refuses it. */
    public static TestConfig on(GatewayConfig.Transport transport) {
        Optional<String> missing = ParkedHub.missing(transport);
        Assumptions.assumeTrue(missing.isEmpty(), () -> "skipped: this host has no " + transport + ": " + missing);
        TestConfig config = new TestConfig();
        config.transport = transport;
        return config;
    }

    public GatewayConfig build() {
        return new GatewayConfig(
                new GatewayConfig.Listen("127.0.0.1", List.of(port), 1024),
                new GatewayConfig.Api("127.0.0.1", 0, Optional.empty(), "weir_"),
                new GatewayConfig.Heartbeat(pingInterval, pongTimeout),
                new GatewayConfig.SlowConsumer(queueBytesMax, policy, 32 * 1024),
                new GatewayConfig.Limits(
                        Optional.of(connectionsMax),
                        handshakeTimeout,
                        connectTimeout,
                        64 * 1024,
                        subscriptionsMax,
                        255,
                        pingsPerSecondMax,
                        closingTimeout),
                new GatewayConfig.Access(insecure, origins),
                new GatewayConfig.Drain(drainPerSecond, drainTimeout),
                new GatewayConfig.Loops(loops, transport, ownTables, 128));
    }
}
