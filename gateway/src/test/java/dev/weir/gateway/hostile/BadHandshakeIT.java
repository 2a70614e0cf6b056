package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.server.HubFixture;
import dev.weir.gateway.server.RawClient;
import dev.weir.gateway.server.TestConfig;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each bad handshake is answered, by the gateway and by the proxies in front of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadHandshakeIT {
    private final Site site;

    BadHandshakeIT() throws Exception {
        TestConfig config = new TestConfig();
        config.origins = List.of("https://ok.example");
        site = new Site(config);
    }

    @AfterAll
    void closeSite() throws Exception {
        site.end();
    }

    /**
     * One request.
     *
     * @param direct status of the gateway
     * @param proxied status through two hops, which mend or refuse some themselves
     */
    record Case(String name, String request, int direct, int proxied) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case with(String name, String part, String replacement, int direct, int proxied) {
        String request = RawClient.UPGRADE.replace(part, replacement);
        assertThat(request).isNotEqualTo(RawClient.UPGRADE);
        return new Case(name, request, direct, proxied);
    }

    private static Case plus(String name, String lines, int direct, int proxied) {
        return with(name, "\r\n\r\n", "\r\n" + lines + "\r\n\r\n", direct, proxied);
    }

    static Stream<Case> cases() {
        return Stream.of(methodAndHeaders(), sizes(), bytes(), targets()).flatMap(part -> part);
    }

    private static Stream<Case> methodAndHeaders() {
        return Stream.of(
                with("1 POST", "GET", "POST", 405, 405),
                with("1 unknown method", "GET", "FROB", 405, 405),
                with("2 no Connection", "Connection: Upgrade\r\n", "", 400, 101),
                with("2 Connection without upgrade", "Connection: Upgrade", "Connection: keep-alive", 400, 101),
                with("3 no Upgrade", "Upgrade: websocket\r\n", "", 426, 426),
                with("3 Upgrade to something else", "Upgrade: websocket", "Upgrade: h2c", 426, 426),
                with("4 version 8", "Version: 13", "Version: 8", 426, 426),
                with("4 version 0", "Version: 13", "Version: 0", 426, 426),
                with("4 no version", "Sec-WebSocket-Version: 13\r\n", "", 426, 426),
                plus("4 two versions", "Sec-WebSocket-Version: 13", 426, 426),
                with("5 no key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", 400, 400),
                with("6 key not base64", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j!!==", 400, 400),
                with("6 key of 15 bytes", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j", 400, 400),
                with("6 key of 32 bytes", "dGhlIHNhbXBsZSBub25jZQ==", "A".repeat(43) + "=", 400, 400),
                plus("7 two keys", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", 400, 400),
                plus("8 foreign origin", "Origin: https://evil.example", 403, 403),
                plus("8 null origin", "Origin: null", 403, 403),
                plus("8 origin that begins alike", "Origin: https://ok.example.evil", 403, 403),
                plus("8 origin on another port", "Origin: https://ok.example:8443", 403, 403),
                plus("8 known origin", "Origin: https://ok.example", 101, 101),
                plus("17 two hosts", "Host: other", 400, 400),
                with("17 no host", "Host: localhost\r\n", "", 400, 400),
                plus("Protobuf", "Sec-WebSocket-Protocol: centrifuge-protobuf", 400, 400));
    }

    private static Stream<Case> sizes() {
        return Stream.of(
                with("11 long line", "/websocket", "/websocket?" + "a".repeat(10_000), 414, 414),
                plus("12 long header", "X: " + "a".repeat(10_000), 431, 400),
                plus("13 500 headers", "X-A: b\r\n".repeat(499) + "X-A: b", 431, 431),
                plus("16 large body", "Content-Length: 100000\r\n\r\n" + "x".repeat(100_000), 413, 413),
                plus("16 small body", "Content-Length: 3\r\n\r\nabc", 400, 400),
                plus("16 chunks", "Transfer-Encoding: chunked\r\n\r\n0", 400, 101),
                plus("16 negative body", "Content-Length: -1", 400, 400),
                plus("16 two lengths", "Content-Length: 0\r\nContent-Length: 3", 400, 400));
    }

    private static Stream<Case> bytes() {
        return Stream.of(
                new Case("14 bare line feeds", RawClient.UPGRADE.replace("\r\n", "\n"), 400, 101),
                plus("14 folded line", "X: a\r\n b", 400, 400),
                plus("14 NUL", "X: a\0b", 400, 400),
                plus("14 carriage return", "X: a\rb", 400, 400),
                plus("14 space before colon", "X : a", 400, 400),
                plus("14 no colon", "X", 400, 101),
                new Case("14 empty line first", "\r\n\r\n" + RawClient.UPGRADE, 400, 101),
                new Case("23 TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", 400, 400),
                new Case("19 HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 400),
                new Case("not HTTP", "hello\r\n\r\n", 400, 400),
                with("HTTP/9.9", "HTTP/1.1", "HTTP/9.9", 400, 505));
    }

    private static Stream<Case> targets() {
        return Stream.of(
                with("17 HTTP/1.0", "HTTP/1.1", "HTTP/1.0", 426, 101),
                with("18 absolute form", "GET /", "GET http://localhost/", 101, 101),
                with("18 double slash", "GET /", "GET //", 404, 404),
                with("18 NUL in path", "/websocket", "/websocket%00", 404, 400),
                with("18 dots", "GET /", "GET /x/..%2f", 404, 404),
                with("18 plain dots", "GET /", "GET /x/../", 404, 404),
                with("18 encoded slash", "connection/", "connection%2f", 404, 404),
                with("18 trailing slash", "/websocket", "/websocket/", 404, 404),
                with("18 other path", "/connection/websocket", "/", 404, 404),
                with("18 fragment", "/websocket", "/websocket#x", 404, 404));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerDirectly(Case bad) throws Exception {
        check(bad, Way.DIRECT, bad.direct);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAnswerThroughTwoHops(Case bad) throws Exception {
        check(bad, Way.TWO_HOPS, bad.proxied);
    }

    private void check(Case bad, Way way, int status) throws Exception {
        long refused = site.refused();
        long startNanos = System.nanoTime();
        try (RawClient client = new RawClient(site.port(way))) {
            client.send(bad.request);
            assertThat(client.readHead()).startsWith("HTTP/1.1 " + status + " ");
            if (way == Way.DIRECT && status != 101) {
                assertThat(client.readAll())
                        .doesNotContain("Exception", "at dev.weir")
                        .hasSizeLessThan(100);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(1));
        }
        if (way == Way.DIRECT && status != 101) {
            HubFixture.eventually(() -> site.refused() == refused + 1);
        }
    }
}
