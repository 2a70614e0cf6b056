package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.protocol.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Connection limit, heartbeat, close handshake, drain, and that nothing is left behind. */
final class LimitsIT {
    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void shouldAnswer503WhenFull() throws Exception {
        TestConfig config = new TestConfig();
        config.connectionsMax = 1;
        try (HubFixture fixture = new HubFixture(config);
                RawClient first = RawClient.connected(fixture.port())) {
            try (RawClient second = new RawClient(fixture.port())) {
                second.send(RawClient.UPGRADE);
                assertThat(second.readHead()).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
            }
            HubFixture.eventually(() -> fixture.hub().stats().refused().getOrDefault("connections", 0L) == 1);
            first.vanish();
            HubFixture.eventually(() -> fixture.hub().stats().accepted() == 2
                    && fixture.hub().stats().connectionsInflight() == 0);
            RawClient.connected(fixture.port()).close();
        }
    }

    @Test
    void shouldPingAndCloseWhenPongIsMissing() throws Exception {
        TestConfig config = new TestConfig();
        config.pingInterval = Duration.ofMillis(600);
        config.pongTimeout = Duration.ofMillis(400);
        try (HubFixture fixture = new HubFixture(config);
                RawClient client = RawClient.connected(fixture.port())) {
            assertThat(client.readFrame().text()).isEqualTo("{}");
            client.sendText("{}");
            assertThat(client.readFrame().text()).isEqualTo("{}");

            assertThat(client.readFrame().closeCode()).isEqualTo(3012);
            HubFixture.eventually(() -> fixture.hub().stats().pingPongs().counts().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    == 1);
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void shouldCloseWhenPongWasNotAskedFor() throws Exception {
        try (HubFixture fixture = new HubFixture(new TestConfig());
                RawClient client = RawClient.connected(fixture.port())) {
            client.sendText("{}");
            assertThat(client.readFrame().closeCode()).isEqualTo(3501);
        }
    }

    @Test
    void shouldCloseAsStaleWhenConnectDoesNotCome() throws Exception {
        TestConfig config = new TestConfig();
        config.connectTimeout = Duration.ofMillis(300);
        try (HubFixture fixture = new HubFixture(config);
                RawClient client = RawClient.upgraded(fixture.port())) {
            assertThat(client.readFrame().closeCode()).isEqualTo(3502);
        }
    }

    @Test
    void shouldCloseWithoutCredentialsWhenSecure() throws Exception {
        TestConfig config = new TestConfig();
        config.insecure = false;
        try (HubFixture fixture = new HubFixture(config);
                RawClient client = RawClient.upgraded(fixture.port())) {
            client.sendText("{\"id\":1,\"connect\":{}}");
            assertThat(client.readFrame().closeCode()).isEqualTo(3501);
        }
    }

    @Test
    void shouldLimitPingsAndAnswerThemBefore() throws Exception {
        try (HubFixture fixture = new HubFixture(new TestConfig());
                RawClient client = RawClient.connected(fixture.port())) {
            for (int i = 0; i < 100; i++) {
                client.send(RawClient.frame(0x89, new byte[] {'p'}));
            }
            RawClient.Frame frame = client.readFrame();
            assertThat(frame.opcode()).isEqualTo(0xA);
            assertThat(frame.text()).isEqualTo("p");
            while (frame.opcode() == 0xA) {
                frame = client.readFrame();
            }
            assertThat(frame.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void shouldEchoCloseAndEndTcp() throws Exception {
        try (HubFixture fixture = new HubFixture(new TestConfig());
                RawClient client = RawClient.connected(fixture.port())) {
            client.send(RawClient.frame(0x88, new byte[] {3, (byte) 0xE8}));
            assertThat(client.readFrame().closeCode()).isEqualTo(1000);
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void shouldEndTcpWhenCloseIsNotAnswered() throws Exception {
        TestConfig config = new TestConfig();
        config.closingTimeout = Duration.ofMillis(300);
        try (HubFixture fixture = new HubFixture(config);
                RawClient client = RawClient.connected(fixture.port())) {
            int closed = HubFixture.await(fixture.hub().disconnect("", "", 4000, "go"));
            assertThat(closed).isEqualTo(1);
            assertThat(client.readFrame().closeCode()).isEqualTo(4000);
            HubFixture.eventually(() -> fixture.hub().stats().disconnects().containsKey(4000)
                    && fixture.hub().stats().connectionsInflight() == 0);
        }
    }

    @Test
    void shouldCloseAllAtStatedRateWhenDraining() throws Exception {
        TestConfig config = new TestConfig();
        config.drainPerSecond = 100;
        List<RawClient> clients = new ArrayList<>();
        try (HubFixture fixture = new HubFixture(config)) {
            for (int i = 0; i < 60; i++) {
                clients.add(RawClient.connected(fixture.port()));
            }
            List<Thread> leaving = new ArrayList<>();
            for (RawClient client : clients) {
                leaving.add(Thread.startVirtualThread(() -> {
                    try (client) {
                        assertThat(client.readFrame().closeCode()).isEqualTo(3001);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            long start = System.nanoTime();
            HubFixture.await(fixture.hub().drain());
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            for (Thread thread : leaving) {
                thread.join();
            }

            assertThat(millis).isBetween(300L, 3000L);
            HubFixture.eventually(() -> fixture.hub().stats().disconnects().getOrDefault(3001, 0L) == 60);
        }
    }

    @Test
    void shouldLeaveNoDescriptorWhenClientsComeAndGo() throws Exception {
        try (HubFixture fixture = new HubFixture(new TestConfig())) {
            RawClient.connected(fixture.port()).close();
            HubFixture.eventually(() -> fixture.hub().stats().accepted() == 1
                    && fixture.hub().stats().connectionsInflight() == 0);
            long before = descriptors();
            for (int i = 0; i < 300; i++) {
                RawClient client = RawClient.subscribed(fixture.port(), "c" + i);
                if (i % 3 == 0) {
                    client.send(RawClient.frame(0x88, new byte[0]));
                    client.readFrame();
                }
                client.send(new byte[] {(byte) 0x81});
                client.close();
            }
            HubFixture.eventually(() -> fixture.hub().stats().accepted() == 301
                    && fixture.hub().stats().connectionsInflight() == 0
                    && fixture.hub().stats().subscriptions() == 0
                    && fixture.hub().stats().clients() == 0);
            assertThat(fixture.hub().stats().channels()).isZero();
            assertThat(descriptors()).isLessThanOrEqualTo(before + 5);
            HubFixture.await(fixture.hub().publish("c1", Payload.of("1".getBytes(StandardCharsets.UTF_8))));
        }
    }
}
