package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshake, connect, subscribe, publish, delivery, on every kind of sockets. */
final class ThinThreadIT {
    @ParameterizedTest
    @EnumSource
    void shouldDeliverWhenClientPublishes(GatewayConfig.Transport transport) throws Exception {
        try (HubFixture fixture = new HubFixture(TestConfig.on(transport));
                RawClient publisher = RawClient.subscribed(fixture.port(), "news");
                RawClient other = RawClient.subscribed(fixture.port(), "news")) {
            publisher.sendText("{\"id\":3,\"publish\":{\"channel\":\"news\",\"data\":{\"a\":1}}}");

            assertThat(publisher.readFrame().text()).isEqualTo("{\"id\":3,\"publish\":{}}");
            String own = publisher.readFrame().text();
            assertThat(own)
                    .startsWith("{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":{\"a\":1},\"info\":{\"user\":\"\"");
            assertThat(other.readFrame().text()).isEqualTo(own);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverToAllWhenServerPublishes(GatewayConfig.Transport transport) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (HubFixture fixture = new HubFixture(TestConfig.on(transport))) {
            for (int i = 0; i < 200; i++) {
                clients.add(RawClient.subscribed(fixture.port(), "all"));
            }
            for (int message = 0; message < 5; message++) {
                HubFixture.await(fixture.hub()
                        .publish("all", Payload.of(("{\"n\":\n" + message + "}").getBytes(StandardCharsets.UTF_8))));
            }

            for (RawClient client : clients) {
                for (int message = 0; message < 5; message++) {
                    assertThat(client.readFrame().text())
                            .isEqualTo("{\"push\":{\"channel\":\"all\",\"pub\":{\"data\":{\"n\":" + message + "}}}}");
                }
            }
            assertThat(HubFixture.await(fixture.hub().channels())).containsEntry("all", 200);
            HubFixture.eventually(() -> fixture.hub().stats().subscriptions() == 200);
            assertThat(fixture.hub().stats().channels()).isEqualTo(1);
            assertThat(fixture.hub().stats().clients()).isEqualTo(200);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerInOrderWhenEverythingComesInOneSegment(GatewayConfig.Transport transport) throws Exception {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(RawClient.UPGRADE.getBytes(StandardCharsets.ISO_8859_1));
        String commands = "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"c\"}}"
                + "{\"id\":3,\"publish\":{\"channel\":\"c\",\"data\":\"x\"}}";
        segment.writeBytes(RawClient.frame(0x81, commands.getBytes(StandardCharsets.UTF_8)));
        try (HubFixture fixture = new HubFixture(TestConfig.on(transport));
                RawClient client = new RawClient(fixture.port())) {
            client.send(segment.toByteArray());

            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            String[] replies = client.readFrame().text().split("\n", -1);
            assertThat(replies).hasSize(3);
            assertThat(replies[0])
                    .startsWith("{\"id\":1,\"connect\":{\"client\":\"")
                    .endsWith(",\"ping\":25,\"pong\":true}}");
            assertThat(replies[1]).isEqualTo("{\"id\":2,\"subscribe\":{}}");
            assertThat(replies[2]).isEqualTo("{\"id\":3,\"publish\":{}}");
            assertThat(client.readFrame().text()).startsWith("{\"push\":{\"channel\":\"c\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShareFramesWhenMessagesQueueUp(GatewayConfig.Transport transport) throws Exception {
        TestConfig config = TestConfig.on(transport);
        config.loops = 1;
        StringBuilder commands = new StringBuilder("{\"id\":2,\"subscribe\":{\"channel\":\"c\"}}\n");
        for (int i = 0; i < 200; i++) {
            String channel = i == 100 ? "other" : "c";
            commands.append("{\"id\":3,\"publish\":{\"channel\":\"" + channel + "\",\"data\":" + i + "}}\n");
        }
        try (HubFixture fixture = new HubFixture(config);
                RawClient client = RawClient.subscribed(fixture.port(), "other")) {
            client.sendText(commands.toString());
            client.readFrame();

            List<String> messages = new ArrayList<>();
            int frames = 0;
            while (messages.size() < 200) {
                String text = client.readFrame().text();
                assertThat(text.length()).isLessThanOrEqualTo(8192);
                messages.addAll(List.of(text.split("\n", -1)));
                frames++;
            }
            for (int i = 0; i < 200; i++) {
                assertThat(messages.get(i)).contains("\"data\":" + i + ",").endsWith("}}}");
            }
            // By their bytes, and once more where another channel comes between.
            assertThat(frames).isBetween(3, 10);
            HubFixture.eventually(() -> fixture.hub().stats().messagesSent() == 2 + 201 + 200);
        }
    }
}
