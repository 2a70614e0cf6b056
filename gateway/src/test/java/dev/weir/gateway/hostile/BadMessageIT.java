package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.server.HubFixture;
import dev.weir.gateway.server.RawClient;
import dev.weir.gateway.server.TestConfig;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each bad message leads to: a close of the protocol, or an error after which the connection goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadMessageIT {
    private final Site site;

    BadMessageIT() throws Exception {
        site = new Site(new TestConfig());
    }

    @AfterAll
    void closeSite() throws Exception {
        site.end();
    }

    /** A message, and the close code or error code that it leads to. */
    record Case(String name, String text, int code) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> closing() {
        return Stream.of(
                new Case("42 nothing", "", 3501),
                new Case("42 words", "hello", 3501),
                new Case("42 half an object", "{\"id\":3", 3501),
                new Case("42 trailing comma", "{\"id\":3,}", 3501),
                new Case("42 array", "[{\"id\":3,\"ping\":{}}]", 3501),
                new Case("42 null", "null", 3501),
                new Case("42 64 KiB of line ends", "\n".repeat(65_535), 3501),
                new Case("42 byte order mark", "\uFEFF{\"id\":3,\"ping\":{}}", 3501),
                new Case("42 NUL", "{\"id\":3\u0000,\"ping\":{}}", 3501),
                new Case("42 markup", "<script>alert(1)</script>", 3501),
                new Case("43 depth", "{\"id\":3,\"publish\":{\"data\":" + "[".repeat(10_000), 3501),
                new Case("43 depth of objects", "{\"a\":".repeat(9_000), 3501),
                new Case("44 id twice", "{\"id\":3,\"id\":4,\"ping\":{}}", 3501),
                new Case("44 channel twice", "{\"id\":3,\"subscribe\":{\"channel\":\"a\",\"channel\":\"b\"}}", 3501),
                new Case("44 huge id", "{\"id\":" + "9".repeat(60_000) + ",\"ping\":{}}", 3501),
                new Case("44 huge exponent", "{\"id\":1e999999999,\"ping\":{}}", 3501),
                new Case("44 NaN", "{\"id\":NaN,\"ping\":{}}", 3501),
                new Case("44 NaN as data", "{\"id\":3,\"publish\":{\"channel\":\"a\",\"data\":NaN}}", 3501),
                new Case("45 unknown method", "{\"id\":3,\"frobnicate\":{}}", 3501),
                new Case("45 method of the prototype", "{\"id\":3,\"__proto__\":{}}", 3501),
                new Case("46 no id", "{\"subscribe\":{\"channel\":\"a\"}}", 3501),
                new Case("46 id 0", "{\"id\":0,\"ping\":{}}", 3501),
                new Case("46 id below 0", "{\"id\":-1,\"ping\":{}}", 3501),
                new Case("46 id in quotes", "{\"id\":\"3\",\"ping\":{}}", 3501),
                new Case("46 two methods", "{\"id\":3,\"ping\":{},\"rpc\":{}}", 3501),
                new Case("46 second connect", "{\"id\":3,\"connect\":{}}", 3501),
                new Case("46 pong that nobody asked for", "{}", 3501),
                new Case("46 send", "{\"send\":{\"data\":1}}", 3508));
    }

    private static Case named(String what, String name, int code) {
        return new Case("47 channel " + what, "{\"id\":3,\"subscribe\":{\"channel\":\"" + name + "\"}}", code);
    }

    static Stream<Case> answered() {
        return Stream.of(
                named("empty", "", 107),
                named("of 256", "a".repeat(256), 107),
                named("of 60,000", "a".repeat(60_000), 107),
                named("with a control character", "a\\u0001", 107),
                named("with a line end", "a\\r\\nPUBLISH x", 107),
                named("with NUL", "a\\u0000", 107),
                named("with DEL", "a\\u007f", 107),
                named("that looks alike", "r\u0430", 107),
                named("with the writing direction turned", "a\u202Eb", 107),
                named("with half a surrogate pair", "a\\ud800", 107),
                named("in a namespace", "news:*", 102),
                new Case("46 no channel", "{\"id\":3,\"subscribe\":{}}", 107),
                new Case("46 channel is a number", "{\"id\":3,\"subscribe\":{\"channel\":7}}", 107),
                new Case("46 channel is an object", "{\"id\":3,\"subscribe\":{\"channel\":{\"a\":[1]}}}", 107),
                new Case("46 body is an array", "{\"id\":3,\"subscribe\":[\"r\"]}", 107),
                new Case("46 no data", "{\"id\":3,\"publish\":{\"channel\":\"r\"}}", 107),
                new Case("publish to a bad name", "{\"id\":3,\"publish\":{\"channel\":\"é\",\"data\":1}}", 107),
                new Case("subscribed already", "{\"id\":3,\"subscribe\":{\"channel\":\"r\"}}", 105),
                new Case("rpc", "{\"id\":3,\"rpc\":{\"method\":\"x\",\"data\":{}}}", 108),
                new Case("history", "{\"id\":3,\"history\":{\"channel\":\"r\",\"limit\":-1}}", 108),
                new Case("id of 32 bits", "{\"id\":4294967295,\"presence\":{\"channel\":\"r\"}}", 108));
    }

    @ParameterizedTest
    @MethodSource("closing")
    void shouldClose(Case bad) throws Exception {
        long before = site.closedWith(bad.code);
        for (Way way : Way.values()) {
            try (RawClient client = site.subscribed(way)) {
                long startNanos = System.nanoTime();
                client.sendText(bad.text);
                assertThat(client.readFrame().closeCode()).isEqualTo(bad.code);
                assertThat(client.readAll()).isEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(1));
            }
        }
        HubFixture.eventually(() -> site.closedWith(bad.code) == before + Way.values().length);
    }

    @ParameterizedTest
    @MethodSource("answered")
    void shouldAnswerAndGoOn(Case bad) throws Exception {
        for (Way way : Way.values()) {
            long before = site.stats().errors().getOrDefault(bad.code, 0L);
            try (RawClient client = site.subscribed(way)) {
                client.sendText(bad.text);
                assertThat(client.readFrame().text()).contains("\"error\":{\"code\":" + bad.code + ",");
                client.sendText("{\"id\":4,\"publish\":{\"channel\":\"r\",\"data\":\"</script>\\u0000\"}}");
                assertThat(client.readFrame().text()).isEqualTo("{\"id\":4,\"publish\":{}}");
                assertThat(client.readFrame().text()).contains("\"data\":\"</script>\\u0000\"");
            }
            HubFixture.eventually(() -> site.stats().errors().getOrDefault(bad.code, 0L) == before + 1);
        }
    }

    @Test
    void shouldDeliverOddDataUnchanged() throws Exception {
        String data = "[" + "9".repeat(900) + ",-0,1e-400,{\"a\":1,\"a\":2},\"\\ud800\",\"\\u202e\"]";
        try (RawClient client = site.subscribed(Way.DIRECT)) {
            client.sendText("{\"id\":3,\"publish\":{\"channel\":\"r\",\"data\":" + data + ",\"later\":[{}]}}");
            assertThat(client.readFrame().text()).isEqualTo("{\"id\":3,\"publish\":{}}");
            assertThat(client.readFrame().text()).contains("\"data\":" + data + ",\"info\"");
        }
    }

    @Test
    void shouldTreatAPatternAsAName() throws Exception {
        try (RawClient client = RawClient.subscribed(site.port(Way.DIRECT), "*")) {
            client.sendText("{\"id\":3,\"publish\":{\"channel\":\"other\",\"data\":1}}{\"id\":4,\"ping\":{}}");
            assertThat(client.readFrame().text().lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("\"code\":108");
        }
    }
}
