package dev.weir.loadgen.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameReaderTest {
    private final List<String> seen = new ArrayList<>();
    private final FrameReader.Sink sink = new FrameReader.Sink() {
        @Override
        public void line(byte[] bytes, int from, int to, boolean isWhole) {
            seen.add(new String(bytes, from, to - from, UTF_8) + (isWhole ? "" : "…"));
        }

        @Override
        public void control(int opcode, byte[] payload) {
            seen.add(opcode + ":" + new String(payload, UTF_8));
        }
    };

    private static byte[] frame(int first, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (bytes.length < 126) {
            frame.write(bytes.length);
        } else if (bytes.length < 65_536) {
            frame.writeBytes(new byte[] {126, (byte) (bytes.length >> 8), (byte) bytes.length});
        } else {
            frame.writeBytes(new byte[] {
                127, 0, 0, 0, 0, 0, (byte) (bytes.length >> 16), (byte) (bytes.length >> 8), (byte) bytes.length
            });
        }
        frame.writeBytes(bytes);
        return frame.toByteArray();
    }

    private static byte[] joined(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    private @Nullable String feed(FrameReader reader, byte[] bytes, int chunk) {
        for (int at = 0; at < bytes.length; at += chunk) {
            String violation = reader.feed(bytes, at, Math.min(bytes.length, at + chunk), sink);
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    @Test
    void shouldReadTheSameWhateverThePiecesAre() {
        byte[] bytes = joined(
                frame(0x81, "one\ntwo"),
                frame(0x01, "thr"),
                frame(0x89, "ping"),
                frame(0x80, "ee\nfour"),
                frame(0x81, ""),
                frame(0x81, "x".repeat(300)),
                frame(0x88, ""));
        List<String> expected = List.of("one", "two", "9:ping", "three", "four", "x".repeat(300), "8:");
        for (int chunk = 1; chunk <= bytes.length; chunk++) {
            seen.clear();
            assertThat(feed(new FrameReader(true), bytes, chunk)).isNull();
            assertThat(seen).as("pieces of %d", chunk).isEqualTo(expected);
        }
    }

    @Test
    void shouldKeepTheHeadOnlyWhenALongLineComesInPieces() {
        byte[] bytes = joined(frame(0x81, "a".repeat(70_000) + "\nshort"), frame(0x81, "next"));
        assertThat(feed(new FrameReader(true), bytes, 1_000)).isNull();
        assertThat(seen).containsExactly("a".repeat(FrameReader.HEAD_MAX) + "…", "short", "next");
    }

    @Test
    void shouldHandOnWholeMessagesWhenLinesHaveNoMeaning() {
        byte[] bytes = joined(frame(0x81, "a\nb"), frame(0x82, ""), frame(0x01, "c"), frame(0x80, "d"));
        assertThat(feed(new FrameReader(false), bytes, bytes.length)).isNull();
        assertThat(seen).containsExactly("a\nb", "", "cd");
    }

    @ParameterizedTest
    @CsvSource({
        "c101, reserved bits set",
        "8301, reserved opcode 3",
        "0901, fragmented control frame",
        "8181, masked server frame",
        "8001, continuation of nothing",
        "897e, control frame longer than 125 bytes",
        "817fffffffffffffffff, frame length with its highest bit set"
    })
    void shouldNameTheRuleWhenTheServerBreaksIt(String hex, String violation) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        assertThat(feed(new FrameReader(true), bytes, bytes.length)).isEqualTo(violation);
    }

    @Test
    void shouldNameTheRuleWhenAMessageBeginsInsideAnother() {
        byte[] bytes = joined(frame(0x01, "a"), frame(0x81, "b"));
        assertThat(feed(new FrameReader(true), bytes, bytes.length)).isEqualTo("new message inside a fragmented one");
    }
}
