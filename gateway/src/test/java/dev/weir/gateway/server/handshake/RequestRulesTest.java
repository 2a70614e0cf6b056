package dev.weir.gateway.server.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each handshake that must be refused, with its status. */
final class RequestRulesTest {
    private static final String GOOD = """
            GET /connection/websocket HTTP/1.1
            Host: push.example
            Upgrade: websocket
            Connection: keep-alive, Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            """;

    private static int status(String lines) {
        return status(lines, new RequestRules(List.of()));
    }

    private static int status(String lines, RequestRules rules) {
        return raw((lines + "\n").replace("\n", "\r\n"), rules);
    }

    /** The status that answers a head, 101 when it is accepted, 0 when it has no end. */
    private static int raw(String head, RequestRules rules) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        int status = raw(head, bytes, bytes.length, rules);
        assertThat(raw(head, bytes, 1, rules)).as("byte by byte").isEqualTo(status);
        return status;
    }

    private static int raw(String head, byte[] bytes, int piece, RequestRules rules) {
        HeadScanner scanner = new HeadScanner();
        for (int from = 0; from < bytes.length; from += piece) {
            scanner.scan(bytes, from, Math.min(from + piece, bytes.length));
            Refusal fault = scanner.fault();
            if (fault != null) {
                return fault.status();
            }
            if (scanner.complete()) {
                return switch (rules.judge(head)) {
                    case Judgement.Accepted _ -> 101;
                    case Judgement.Refused(Refusal why) -> why.status();
                };
            }
        }
        return 0;
    }

    @Test
    void shouldAcceptWhenHandshakeIsGood() {
        assertThat(status(GOOD)).isEqualTo(101);
        assertThat(status(GOOD.replace("websocket HTTP", "websocket?cf_protocol_version=v2 HTTP")))
                .isEqualTo(101);
        assertThat(status(GOOD + "X-Forwarded-For: 10.0.0.1\nContent-Length: 0\n"))
                .isEqualTo(101);
        assertThat(status(GOOD + "X-Many: y\n".repeat(90))).isEqualTo(101);
        assertThat(status(GOOD + "X-Many: y\n".repeat(90) + "Transfer-Encoding: chunked\n"))
                .isEqualTo(400);
        assertThat(status(GOOD.replace("Version: 13", "Version: \t 13 \t"))).isEqualTo(101);
        assertThat(status(GOOD.replace("Host:", "hOST:").replace("Upgrade: w", "UPGRADE:W")))
                .isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|POST|405",
                "Connection: keep-alive, Upgrade|X: y|400",
                "Upgrade: websocket|X: y|426",
                "Version: 13|Version: 8|426",
                "Version: 13|Version: 0|426",
                "Sec-WebSocket-Version: 13|X: y|426",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|X: y|400",
                "dGhlIHNhbXBsZSBub25jZQ==|dGhlIHNhbXBsZQ==|400",
                "dGhlIHNhbXBsZSBub25jZQ==|????IHNhbXBsZSBub25jZQ==|400",
                "HTTP/1.1|HTTP/1.0|426",
                "HTTP/1.1|HTTP/2.0|400",
                "HTTP/1.1|HTTQ/1.1|400",
                "Host: push.example|X: y|400",
                "/connection/websocket|/elsewhere|404",
                "/connection/websocket|//connection/websocket|404",
                "/connection/websocket|/connection/..%2fwebsocket|404",
                "/connection/websocket|/connection/websocket%00|404",
                "websocket HTTP|websocket?format=protobuf HTTP|400",
                "Host:|Host :|400",
            })
    void shouldRefuseWhenOnePartIsWrong(String part, String wrong, int status) {
        assertThat(GOOD).contains(part);
        assertThat(status(GOOD.replaceFirst(Pattern.quote(part), wrong))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|400",
                "Content-Length: 8193|413",
                "Content-Length: 99999999999999999999|413",
                "Content-Length: 10|400",
                "Content-Length: +1|400",
                "Transfer-Encoding: chunked|400",
                "Transfer-Encoding: chunked, xchunked|400",
                "Host: other|400",
                "Origin: https://foreign.example|403",
                "Origin: null|403",
                "Origin: https://push.example.evil|403",
                "Origin: https://push.example|101",
                "Sec-WebSocket-Protocol: centrifuge-json|101",
                "Sec-WebSocket-Protocol: centrifuge-protobuf, centrifuge-json|101",
                "Sec-WebSocket-Protocol: centrifuge-protobuf|400",
                "Sec-WebSocket-Extensions: permessage-deflate|101",
                "no colon|400",
                "' folded: x'|400",
            })
    void shouldJudgeWhenOneLineIsAdded(String line, int status) {
        assertThat(status(GOOD + line + "\n")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "http://push.example/connection/websocket, 101",
        "HTTPS://push.example/connection/websocket?a=/b, 101",
        "http://push.example/connection/other, 404",
        "http://push.example, 404",
        "http://push.example?/connection/websocket, 404",
        "ftp://push.example/connection/websocket, 404",
    })
    void shouldTakeTheAbsoluteFormOfATarget(String target, int status) {
        assertThat(status(GOOD.replace("GET /connection/websocket", "GET " + target)))
                .isEqualTo(status);
    }

    @Test
    void shouldRefuseBothLengths() {
        assertThat(status(GOOD + "Content-Length: 4\nTransfer-Encoding: chunked\n"))
                .isEqualTo(400);
        assertThat(status(GOOD + "Content-Length: 4\nContent-Length: 5\n")).isEqualTo(400);
    }

    @Test
    void shouldTakeOnlyListedOriginsWhenSomeAreListed() {
        RequestRules rules = new RequestRules(List.of("https://ok.example"));

        assertThat(status(GOOD + "Origin: https://ok.example\n", rules)).isEqualTo(101);
        assertThat(status(GOOD + "Origin: https://push.example\n", rules)).isEqualTo(403);
        assertThat(status(GOOD + "Origin: https://ok.example.evil\n", rules)).isEqualTo(403);
        assertThat(status(GOOD, rules)).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\r\n\r\n",
                "GET /\0 HTTP/1.1\r\n",
                "\r\n\r\n",
                "G\rET",
                "\u0016\u0003\u0001"
            })
    void shouldRefuseAtTheByteThatIsWrong(String head) {
        assertThat(raw(head, new RequestRules(List.of()))).isEqualTo(400);
    }

    @Test
    void shouldRefuseHttp2Preface() {
        assertThat(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", new RequestRules(List.of())))
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertThat(status(GOOD.replace("HTTP/1.1", "x".repeat(5000) + " HTTP/1.1")))
                .isEqualTo(414);
        assertThat(status(GOOD + "X: " + "y".repeat(9000) + "\n")).isEqualTo(431);
        assertThat(status(GOOD + "X: y\n".repeat(500))).isEqualTo(431);
    }

    @Test
    void shouldEchoJsonWhenOffered() {
        String head = (GOOD + "Sec-WebSocket-Protocol: centrifuge-json\n\n").replace("\n", "\r\n");

        assertThat(new RequestRules(List.of()).judge(head))
                .isEqualTo(new Judgement.Accepted("dGhlIHNhbXBsZSBub25jZQ==", "centrifuge-json"));
    }

    @Property
    void shouldNeverThrowWhenHeadIsArbitrary(@ForAll String noise) {
        assertThat(raw(noise + "\r\n\r\n", new RequestRules(List.of()))).isIn(0, 400, 414, 426, 431);
        assertThat(raw("GET " + noise + "\r\n\r\n", new RequestRules(List.of())))
                .isIn(0, 400, 404, 414, 426, 431);
    }
}
