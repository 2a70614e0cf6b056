package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gateway.protocol.Payload;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bad handshake is answered on a real socket, and that its neighbours go on. */
final class HandshakeIT {
    private final HubFixture fixture;
    private final RawClient neighbour;

    HandshakeIT() throws Exception {
        TestConfig config = new TestConfig();
        config.handshakeTimeout = Duration.ofMillis(600);
        fixture = new HubFixture(config);
        neighbour = RawClient.connected(fixture.port());
    }

    @BeforeEach
    void connectNeighbour() throws Exception {
        neighbour.sendText("{\"id\":2,\"subscribe\":{\"channel\":\"n\"}}");
        assertThat(neighbour.readFrame().text()).isEqualTo("{\"id\":2,\"subscribe\":{}}");
    }

    @AfterEach
    void checkNeighbour() throws Exception {
        HubFixture.await(fixture.hub().publish("n", Payload.of("1".getBytes(StandardCharsets.UTF_8))));
        assertThat(neighbour.readFrame().text()).contains("\"data\":1");
        neighbour.close();
        HubFixture.eventually(() ->
                fixture.hub().stats().accepted() > 0 && fixture.hub().stats().connectionsInflight() == 0);
        fixture.close();
    }

    private String answer(String request) throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            client.send(request);
            String head = client.readHead();
            client.readAll();
            return head;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|POST|405|Allow: GET",
                "Upgrade: websocket|X: y|426|Upgrade: websocket",
                "Version: 13|Version: 8|426|Sec-WebSocket-Version: 13",
                "/connection/websocket|/|404|Connection: close",
                "HTTP/1.1|HTTP/1.0|426|Connection: close",
            })
    void shouldAnswerStatusWhenRequestIsWrong(String part, String wrong, int status, String header) throws Exception {
        String head = answer(RawClient.UPGRADE.replaceFirst(part, wrong));

        assertThat(head).startsWith("HTTP/1.1 " + status + " ").contains(header);
        HubFixture.eventually(() -> fixture.hub().stats().refused().getOrDefault("handshake", 0L) == 1);
    }

    @Test
    void shouldAnswerWhenBodyIsLargeOrLineIsLong() throws Exception {
        String body = "x".repeat(100_000);
        String large = RawClient.UPGRADE.replace("\r\n\r\n", "\r\nContent-Length: 100000\r\n\r\n") + body;

        assertThat(answer(large)).startsWith("HTTP/1.1 413 ");
        assertThat(answer("GET /" + body + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ");
        assertThat(answer("GET / HTTP/1.1\r\nX: " + body + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
        assertThat(answer("GET / HTTP/1.1\nHost: a\n\n")).startsWith("HTTP/1.1 400 ");
        assertThat(answer("\u0016\u0003\u0001\u0002\u0000")).startsWith("HTTP/1.1 400 ");
        assertThat(answer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void shouldTimeOutWhenHalfTheHandshakeIsHeld() throws Exception {
        try (RawClient client = new RawClient(fixture.port());
                RawClient silent = new RawClient(fixture.port())) {
            client.send("GET /connection/websocket HTTP/1.1\r\n");

            assertThat(client.readHead()).startsWith("HTTP/1.1 408 ");
            assertThat(silent.readHead()).startsWith("HTTP/1.1 408 ");
        }
        HubFixture.eventually(() -> fixture.hub().stats().refused().getOrDefault("timeout", 0L) == 2);
    }

    @Test
    void shouldUpgradeWhenHandshakeComesByteByByte() throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            for (byte b : RawClient.UPGRADE.getBytes(StandardCharsets.ISO_8859_1)) {
                client.send(new byte[] {b});
            }
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void shouldNotNegotiateCompression() throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            client.send(RawClient.UPGRADE.replace(
                    "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ").doesNotContain("Extensions");
            client.send(RawClient.frame(0xC1, new byte[] {1}));
            assertThat(client.readFrame().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void shouldFailToStartWhenPortIsTaken() {
        TestConfig config = new TestConfig();
        config.port = fixture.port();
        Vertx control = fixture.control();

        assertThatThrownBy(() -> HubFixture.await(ParkedHub.start(control, config.build(), "test")))
                .hasRootCauseInstanceOf(BindException.class)
                .hasStackTraceContaining("listen address must be free: host=127.0.0.1 port=" + fixture.port());
    }
}
