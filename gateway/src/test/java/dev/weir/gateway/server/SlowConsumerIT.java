package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.fanout.SlowConsumerPolicy;
import dev.weir.gateway.protocol.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader that stops, under each policy, beside one that reads on. */
final class SlowConsumerIT {
    private static final int MESSAGES = 200;
    private static final byte[] FILLER = "x".repeat(16 * 1024).getBytes(StandardCharsets.US_ASCII);

    private static TestConfig config(GatewayConfig.Transport transport, SlowConsumerPolicy policy) {
        TestConfig config = TestConfig.on(transport);
        config.policy = policy;
        config.queueBytesMax = 256 * 1024;
        return config;
    }

    private static RawClient stalled(int port) throws Exception {
        RawClient client = new RawClient(port, 8192);
        client.send(RawClient.UPGRADE);
        client.readHead();
        client.sendText("{\"id\":1,\"connect\":{}}{\"id\":2,\"subscribe\":{\"channel\":\"flood\"}}");
        client.readFrame();
        return client;
    }

    private static byte[] message(int number) {
        return ("[" + number + ",\"" + new String(FILLER, StandardCharsets.US_ASCII) + "\"]")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int number(RawClient.Frame frame) {
        String text = frame.text();
        int from = text.indexOf('[') + 1;
        return Integer.parseInt(text.substring(from, text.indexOf(',', from)));
    }

    /** Floods the room while one member reads everything. */
    private static void flood(HubFixture fixture, RawClient reader) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            HubFixture.await(fixture.hub().publish("flood", Payload.of(message(i))));
            assertThat(number(reader.readFrame())).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_URING", "EPOLL"})
    void shouldCutStalledReaderWhenPolicyIsDisconnect(GatewayConfig.Transport transport) throws Exception {
        try (HubFixture fixture = new HubFixture(config(transport, new SlowConsumerPolicy.Disconnect()));
                RawClient stalled = stalled(fixture.port());
                RawClient reader = RawClient.subscribed(fixture.port(), "flood")) {
            flood(fixture, reader);

            HubFixture.eventually(() -> fixture.hub().stats().disconnects().containsKey(3008));
            HubFixture.eventually(() -> fixture.hub().stats().subscriptions() == 1);
            int expected = 0;
            RawClient.Frame frame = stalled.readFrame();
            while (frame.opcode() == 1) {
                assertThat(number(frame)).isEqualTo(expected++);
                frame = stalled.readFrame();
            }
            assertThat(frame.closeCode()).isEqualTo(3008);
            assertThat(expected).isLessThan(MESSAGES / 2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_URING", "EPOLL"})
    void shouldForgetStalledReaderWhenItNeverReads(GatewayConfig.Transport transport) throws Exception {
        TestConfig config = config(transport, new SlowConsumerPolicy.Disconnect());
        config.closingTimeout = Duration.ofMillis(300);
        try (HubFixture fixture = new HubFixture(config);
                RawClient stalled = stalled(fixture.port());
                RawClient reader = RawClient.subscribed(fixture.port(), "flood")) {
            flood(fixture, reader);

            HubFixture.eventually(() -> fixture.hub().stats().accepted() == 2
                    && fixture.hub().stats().connectionsInflight() == 1
                    && fixture.hub().stats().queuedBytes() == 0);
            assertThat(stalled.localPort()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_URING", "EPOLL"})
    void shouldDropForStalledReaderWhenPolicyIsDrop(GatewayConfig.Transport transport) throws Exception {
        try (HubFixture fixture = new HubFixture(config(transport, new SlowConsumerPolicy.Drop()));
                RawClient stalled = stalled(fixture.port());
                RawClient reader = RawClient.subscribed(fixture.port(), "flood")) {
            flood(fixture, reader);
            int replies = 4;
            HubFixture.eventually(() -> {
                HubStats stats = fixture.hub().stats();
                return stats.messagesSent() + stats.droppedMessages() == 2 * MESSAGES + replies;
            });
            long dropped = fixture.hub().stats().droppedMessages();
            assertThat(dropped).isPositive();
            assertThat(fixture.hub().stats().queuedBytes()).isBetween(1L, 256L * 1024);

            int last = -1;
            for (int i = 0; i < MESSAGES - dropped; i++) {
                int number = number(stalled.readFrame());
                assertThat(number).isGreaterThan(last);
                last = number;
            }
            HubFixture.await(fixture.hub().publish("flood", Payload.of(message(1000))));
            assertThat(number(stalled.readFrame())).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_URING", "EPOLL"})
    void shouldDeliverLastMessageWhenPolicyIsLatest(GatewayConfig.Transport transport) throws Exception {
        try (HubFixture fixture = new HubFixture(config(transport, new SlowConsumerPolicy.Latest()));
                RawClient stalled = stalled(fixture.port());
                RawClient reader = RawClient.subscribed(fixture.port(), "flood")) {
            flood(fixture, reader);
            HubFixture.eventually(() -> fixture.hub().stats().droppedMessages() > 0);

            int last = -1;
            while (last < MESSAGES - 1) {
                int number = number(stalled.readFrame());
                assertThat(number).isGreaterThan(last);
                last = number;
            }
        }
    }
}
