package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.server.HubFixture;
import dev.weir.gateway.server.RawClient;
import dev.weir.gateway.server.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that begin something and do not end it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HeldIT {
    private final Site site;

    HeldIT() throws Exception {
        TestConfig config = new TestConfig();
        config.handshakeTimeout = Duration.ofSeconds(1);
        config.connectTimeout = Duration.ofMillis(700);
        config.pingInterval = Duration.ofSeconds(1);
        config.pongTimeout = Duration.ofMillis(500);
        config.closingTimeout = Duration.ofMillis(500);
        site = new Site(config);
    }

    @AfterAll
    void closeSite() throws Exception {
        site.end();
    }

    @Test
    void shouldTimeOutTwoThousandHalfHandshakes() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            RawClient client = new RawClient(site.port(Way.DIRECT));
            clients.add(client);
            client.send("GET /connection/websocket HTTP/1.1\r\nX: " + "y".repeat(i % 100));
        }
        HubFixture.eventually(() -> site.stats().refused().getOrDefault("timeout", 0L) == 2000);
        assertThat(clients.getFirst().readHead()).startsWith("HTTP/1.1 408 ");
        site.awaitQuiet();
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void shouldCutAStalledFrame() throws Exception {
        long stale = site.closedWith(3502);
        long noPong = site.closedWith(3012);
        try (RawClient early = RawClient.upgraded(site.port(Way.DIRECT));
                RawClient late = site.subscribed(Way.TWO_HOPS)) {
            byte[] frame = RawClient.frame(0x81, new byte[50_000]);
            early.send(Arrays.copyOf(frame, 3));
            late.send(Arrays.copyOf(frame, 40_000));

            assertThat(early.readFrame().closeCode()).isEqualTo(3502);
            assertThat(late.readFrame().text()).isEqualTo("{}");
            assertThat(late.readFrame().closeCode()).isEqualTo(3012);
        }
        HubFixture.eventually(() -> site.closedWith(3502) == stale + 1 && site.closedWith(3012) == noPong + 1);
    }

    @Test
    void shouldForgetClientsThatResetInTheMiddle() throws Exception {
        byte[] frame = RawClient.frame(0x81, new byte[50_000]);
        for (int i = 0; i < 100; i++) {
            RawClient client = site.subscribed(i % 2 == 0 ? Way.DIRECT : Way.TWO_HOPS);
            client.send(Arrays.copyOf(frame, 1 + i * 400));
            client.reset();
        }
        site.awaitQuiet();
    }

    @Test
    void shouldAnswerWhatCameBeforeTheClientEndedItsSide() throws Exception {
        // Not through nginx, which drops the answers of a client that has ended its side.
        try (RawClient client = site.subscribed(Way.DIRECT)) {
            client.sendText("{\"id\":3,\"ping\":{}}");
            client.endOutput();
            assertThat(client.readFrame().text()).contains("\"id\":3,");
            assertThat(client.atEnd()).isTrue();
        }
        site.awaitQuiet();
    }

    @Test
    void shouldAnswerAHandshakeWhoseClientEndedItsSide() throws Exception {
        try (RawClient client = new RawClient(site.port(Way.DIRECT))) {
            client.send(RawClient.UPGRADE.replace("GET", "POST"));
            client.endOutput();
            assertThat(client.readHead()).startsWith("HTTP/1.1 405 ");
            client.readAll();
        }
    }

    @Test
    void shouldTakeFramesThatComeWithTheHandshakeByteByByte() throws Exception {
        byte[] connect = RawClient.frame(0x81, "{\"id\":1,\"connect\":{}}".getBytes(StandardCharsets.US_ASCII));
        try (RawClient client = new RawClient(site.port(Way.DIRECT))) {
            for (byte b : RawClient.UPGRADE.getBytes(StandardCharsets.ISO_8859_1)) {
                client.send(new byte[] {b});
            }
            for (byte b : connect) {
                client.send(new byte[] {b});
            }
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(client.readFrame().text()).contains("\"connect\":{");
        }
        try (RawClient client = new RawClient(site.port(Way.DIRECT))) {
            client.send(RawClient.UPGRADE + new String(connect, StandardCharsets.ISO_8859_1));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(client.readFrame().text()).contains("\"connect\":{");
        }
    }

    @Test
    void shouldEndWhenTheClientResetsAfterBeingTold() throws Exception {
        for (int i = 0; i < 50; i++) {
            RawClient client = site.subscribed(Way.DIRECT);
            client.sendText("nonsense");
            assertThat(client.readFrame().closeCode()).isEqualTo(3501);
            client.reset();
        }
        site.awaitQuiet();
    }

    @Test
    void shouldEndWhenTheClientIgnoresTheClose() throws Exception {
        try (RawClient client = site.subscribed(Way.DIRECT)) {
            client.sendText("nonsense");
            long endNanos = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            boolean refused = false;
            while (!refused && System.nanoTime() < endNanos) {
                refused = !sends(client);
            }
            assertThat(refused).isTrue();
        }
    }

    private static boolean sends(RawClient client) throws InterruptedException {
        Thread.sleep(10);
        try {
            client.sendText("{\"id\":3,\"ping\":{}}");
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
