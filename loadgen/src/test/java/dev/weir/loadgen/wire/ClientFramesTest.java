package dev.weir.loadgen.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ClientFramesTest {
    @Test
    void shouldBuildTheExampleOfTheStandardWhenMaskedLikeIt() {
        // RFC 6455 section 5.7: a single-frame masked text message "Hello".
        assertThat(ClientFrames.text("Hello", 0x37fa213d))
                .isEqualTo(HexFormat.of().parseHex("818537fa213d7f9f4d5158"));
    }

    @Test
    void shouldUseLongerLengthsWhenThePayloadIsLong() {
        assertThat(ClientFrames.frame(Opcode.BINARY, new byte[126], 0))
                .hasSize(126 + 8)
                .startsWith(0x82, 0xFE, 0, 126);
        assertThat(ClientFrames.frame(Opcode.TEXT, new byte[65_536], 0))
                .hasSize(65_536 + 14)
                .startsWith(0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void shouldSayTheCodeWhenClosing() {
        byte[] frame = ClientFrames.close(3008, 0);
        byte[] payload = {frame[6], frame[7]};
        assertThat(CloseFrame.read(payload)).isEqualTo(new CloseFrame(3008, ""));
        assertThat(CloseFrame.read(new byte[0])).isEqualTo(new CloseFrame(1005, ""));
        assertThat(CloseFrame.read("\u000b\u00c0slow".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .isEqualTo(new CloseFrame(3008, "slow"));
    }

    @Test
    void shouldAcceptTheExampleOfTheStandard() {
        // RFC 6455 section 1.3.
        assertThat(Upgrade.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(Upgrade.key(1, 2)).hasSize(Upgrade.KEY_LENGTH);
    }

    @Test
    void shouldTellAnswersApart() {
        String switched = "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nSEC-WEBSOCKET-ACCEPT: abc\r\n\r\n";
        assertThat(answer(switched + "\u0081\u0000", "abc")).isEqualTo(new UpgradeAnswer.Switched(switched.length()));
        assertThat(answer(switched, "abd"))
                .isEqualTo(new UpgradeAnswer.Refused(101, "wrong Sec-WebSocket-Accept in the answer"));
        assertThat(answer("HTTP/1.1 101 x\r\n\r\n", "abc"))
                .isEqualTo(new UpgradeAnswer.Refused(101, "no 'Upgrade: websocket' in the answer"));
        assertThat(answer("HTTP/1.0 502 Bad Gateway\r\n\r\n<html>", "abc"))
                .isEqualTo(new UpgradeAnswer.Refused(502, ""));
        assertThat(answer("HTTP/1.1 10", "abc")).isEqualTo(new UpgradeAnswer.Incomplete());
        assertThat(answer("H", "abc")).isEqualTo(new UpgradeAnswer.Incomplete());
        assertThat(answer("SSH-2.0\r\n", "abc")).isEqualTo(new UpgradeAnswer.NotHttp("SSH-2.0.."));
        assertThat(answer("HTTP/1.1 abc\r\n\r\n", "abc")).isInstanceOf(UpgradeAnswer.NotHttp.class);
    }

    private static UpgradeAnswer answer(String text, String accept) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return UpgradeAnswer.read(bytes, bytes.length, accept);
    }

    @Test
    void shouldEscapeWhatAJsonStringCannotHold() {
        assertThat(Commands.quoted("a\"\\\n\u0001é")).isEqualTo("\"a\\\"\\\\\\u000a\\u0001é\"");
        assertThat(new String(Commands.join("n", 3, Rooms.EVERYONE), UTF_8))
                .isEqualTo(
                        "{\"id\":1,\"connect\":{\"name\":\"n\"}}\n{\"id\":2,\"subscribe\":{\"channel\":\"room-3\"}}\n"
                                + "{\"id\":3,\"subscribe\":{\"channel\":\"everyone\"}}");
    }
}
