package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.server.HubFixture;
import dev.weir.gateway.server.RawClient;
import dev.weir.gateway.server.TestConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send more than anybody needs, and some that do not read the answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FloodIT {
    private static final int QUEUE_BYTES_MAX = 256 * 1024;

    private final Site site;

    FloodIT() throws Exception {
        TestConfig config = new TestConfig();
        config.queueBytesMax = QUEUE_BYTES_MAX;
        config.closingTimeout = Duration.ofMillis(500);
        site = new Site(config);
    }

    @AfterAll
    void closeSite() throws Exception {
        site.end();
    }

    private static byte[] frames(byte[] frame, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return RawClient.frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends without reading until the server does not take it any more, or for five seconds. */
    private static void flood(RawClient client, byte[] bytes) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        try {
            while (System.nanoTime() < endNanos) {
                client.send(bytes);
            }
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldCloseWhenPingsFlood(Way way) throws Exception {
        long before = site.closedWith(1008);
        try (RawClient client = site.subscribed(way)) {
            flood(client, frames(RawClient.frame(0x89, new byte[125]), 1000));
        }
        HubFixture.eventually(() -> site.closedWith(1008) == before + 1);
        assertThat(site.stats().queuedBytes()).isLessThan(QUEUE_BYTES_MAX);
    }

    @Test
    void shouldCloseWhenUnaskedPongsFlood() throws Exception {
        long before = site.closedWith(1008);
        try (RawClient client = site.subscribed(Way.DIRECT)) {
            flood(client, frames(RawClient.frame(0x8A, new byte[0]), 1000));
        }
        HubFixture.eventually(() -> site.closedWith(1008) == before + 1);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldCloseAsSlowWhenAnswersAreNotRead(Way way) throws Exception {
        long before = site.closedWith(3008);
        try (RawClient client = site.subscribed(way)) {
            flood(client, frames(text("{\"id\":7,\"rpc\":0}\n".repeat(200)), 20));
        }
        HubFixture.eventually(() -> site.closedWith(3008) == before + 1);
        site.awaitQuiet();
    }

    @Test
    void shouldAnswerEachOfManyCommandsInOneFrame() throws Exception {
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < 1300; i++) {
            commands.append("{\"id\":")
                    .append(i + 10)
                    .append(",\"subscribe\":{\"channel\":\"c")
                    .append(i)
                    .append("\"}}");
        }
        try (RawClient client = site.subscribed(Way.DIRECT)) {
            client.sendText(commands.toString());
            String[] replies = client.readFrame().text().split("\n", -1);

            assertThat(replies).hasSize(1300);
            assertThat(replies[126]).isEqualTo("{\"id\":136,\"subscribe\":{}}");
            assertThat(replies[127]).contains("\"id\":137,", "\"code\":106,");
            assertThat(replies[1299]).contains("\"id\":1309,", "\"code\":106,");
        }
        site.awaitQuiet();
    }

    @Test
    void shouldKeepCountWhenSubscriptionsFlap() throws Exception {
        String flap = "{\"id\":8,\"subscribe\":{\"channel\":\"f\"}}\n{\"id\":9,\"unsubscribe\":{\"channel\":\"f\"}}\n";
        try (RawClient client = site.subscribed(Way.DIRECT)) {
            for (int i = 0; i < 50; i++) {
                client.sendText(flap.repeat(100));
                assertThat(client.readFrame().text().lines()).hasSize(200).noneMatch(line -> line.contains("error"));
            }
            HubFixture.eventually(
                    () -> site.stats().subscriptions() == 2 && site.stats().channels() == 2);
        }
    }

    @Test
    void shouldDeliverInOrderOrRefuseWhenAPublisherFloods() throws Exception {
        int frames = 100;
        AtomicInteger taken = new AtomicInteger();
        // A bound that all messages together stay below: this is about order, and a busy machine may read late.
        TestConfig config = new TestConfig();
        config.queueBytesMax = 8 * 1024 * 1024;
        try (HubFixture roomy = new HubFixture(config);
                RawClient publisher = RawClient.connected(roomy.port());
                RawClient reader = RawClient.subscribed(roomy.port(), "r")) {
            Thread sending = Thread.startVirtualThread(() -> sendNumbered(publisher, frames));
            Thread answers = Thread.startVirtualThread(() -> countTaken(publisher, frames, taken));
            int last = 0;
            int received = 0;
            while (last < frames) {
                for (String message : reader.readFrame().text().split("\n", -1)) {
                    int from = message.indexOf("\"data\":") + 7;
                    int number = Integer.parseInt(message.substring(from, message.indexOf(',', from)));
                    assertThat(number).isGreaterThanOrEqualTo(last);
                    last = number;
                    received++;
                }
            }
            sending.join();
            answers.join();
            assertThat(received).isEqualTo(taken.get());
        }
    }

    /** A hundred commands a frame; one more at the end when all is quiet, which is not refused. */
    private static void sendNumbered(RawClient client, int frames) {
        try {
            for (int i = 0; i < frames; i++) {
                client.sendText(("{\"id\":5,\"publish\":{\"channel\":\"r\",\"data\":" + i + "}}\n").repeat(100));
            }
            TimeUnit.MILLISECONDS.sleep(500);
            client.sendText("{\"id\":5,\"publish\":{\"channel\":\"r\",\"data\":" + frames + "}}");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void countTaken(RawClient client, int frames, AtomicInteger taken) {
        try {
            for (int i = 0; i <= frames; i++) {
                long done = client.readFrame()
                        .text()
                        .lines()
                        .filter(line -> line.endsWith("\"publish\":{}}"))
                        .count();
                taken.addAndGet((int) done);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDeliverWhenAMessageIsLargerThanTheQueue() throws Exception {
        String large = "\"" + "x".repeat(2 * QUEUE_BYTES_MAX) + "\"";
        try (RawClient reader = site.subscribed(Way.DIRECT)) {
            site.fixture().hub().publish("r", Payload.of(large.getBytes(StandardCharsets.US_ASCII)));
            assertThat(reader.readFrame().text()).contains(large);
        }
    }
}
