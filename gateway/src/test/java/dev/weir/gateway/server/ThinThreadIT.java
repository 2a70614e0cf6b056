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

/** Handshake, connect, subscribe, publish, delivery, on both socket families. */
final class ThinThreadIT {
    private static TestConfig on(GatewayConfig.Transport transport) {
        TestConfig config = new TestConfig();
        config.transport = transport;
        return config;
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverWhenClientPublishes(GatewayConfig.Transport transport) throws Exception {
        try (HubFixture fixture = new HubFixture(on(transport));
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
        try (HubFixture fixture = new HubFixture(on(transport))) {
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
        try (HubFixture fixture = new HubFixture(on(transport));
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
}
