package dev.weir.gateway.server;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.fanout.SlowConsumerPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configurations for tests: the defaults of a small gateway on free ports, and what a test changes of them. */
final class TestConfig {
    boolean insecure = true;
    List<String> origins = List.of();
    Duration pingInterval = Duration.ofSeconds(25);
    Duration pongTimeout = Duration.ofSeconds(8);
    Duration handshakeTimeout = Duration.ofSeconds(5);
    Duration connectTimeout = Duration.ofSeconds(5);
    Duration closingTimeout = Duration.ofSeconds(3);
    SlowConsumerPolicy policy = new SlowConsumerPolicy.Disconnect();
    long queueBytesMax = 1 << 20;
    int connectionsMax = 100_000;
    int subscriptionsMax = 128;
    int pingsPerSecondMax = 10;
    int drainPerSecond = 10_000;
    Duration drainTimeout = Duration.ofSeconds(10);
    int loops = 2;
    int port;
    GatewayConfig.Transport transport = GatewayConfig.Transport.AUTO;

    GatewayConfig build() {
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
                new GatewayConfig.Loops(loops, transport));
    }
}
