package dev.weir.gateway.server.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each frame case that a client can get wrong, whole and byte by byte. */
final class FrameReaderTest {
    private static final int MAX = 1000;

    private final FrameReader reader = new FrameReader(MAX);
    private final Recorder seen = new Recorder();
    private @Nullable PartialInput partial;

    private static final class Recorder implements FrameSink {
        final List<String> events = new ArrayList<>();
        boolean open = true;

        @Override
        public void text(byte[] bytes, int length) {
            events.add("text " + new String(bytes, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void ping(byte[] bytes, int length) {
            events.add("ping " + new String(bytes, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void pong() {
            events.add("pong");
        }

        @Override
        public void close(int code) {
            events.add("close " + code);
            open = false;
        }

        @Override
        public void violation(Violation violation) {
            events.add(violation.name());
            open = false;
        }

        @Override
        public boolean open() {
            return open;
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.writeBytes(bytes(0x80 | 126, payload.length >> 8, payload.length));
        }
        byte[] mask = bytes(0x9A, 0x01, 0xFF, 0x42);
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i & 3]);
        }
        return out.toByteArray();
    }

    private static byte[] frame(int first, String text) {
        return frame(first, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private void feed(byte[] input) {
        ByteBuf in = Unpooled.wrappedBuffer(input);
        partial = reader.read(partial, in, seen);
        in.release();
    }

    /** What is seen of the input whole must be what is seen of it byte by byte. */
    private List<String> read(byte[]... parts) {
        byte[] input = join(parts);
        feed(input);
        List<String> whole = List.copyOf(seen.events);
        end();
        for (byte b : input) {
            if (seen.open) {
                feed(new byte[] {b});
            }
        }
        assertThat(seen.events).isEqualTo(whole);
        end();
        return whole;
    }

    private void end() {
        if (partial != null) {
            partial.release();
        }
        partial = null;
        seen.open = true;
        seen.events.clear();
    }

    @Test
    void shouldReadTextOfEveryLengthForm() {
        for (int length : new int[] {0, 1, 7, 8, 9, 125, 126, 127, MAX}) {
            String text = "x".repeat(length);
            assertThat(read(frame(0x81, text))).containsExactly("text " + text);
        }
    }

    @Test
    void shouldHoldNothingWhenFramesAreComplete() {
        feed(frame(0x81, "a"));
        assertThat(partial).isNull();
        feed(bytes(0x81));
        assertThat(partial).isNotNull();
        end();
    }

    @Test
    void shouldRefuseUnmasked() {
        assertThat(read(bytes(0x81, 0x01, 'a'))).containsExactly("UNMASKED");
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC1, 0xA1, 0x91, 0xF1})
    void shouldRefuseReservedBits(int first) {
        assertThat(read(frame(first, "a"))).containsExactly("RESERVED_BITS");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF})
    void shouldRefuseReservedOpcodes(int opcode) {
        assertThat(read(frame(0x80 | opcode, ""))).containsExactly("RESERVED_OPCODE");
    }

    @Test
    void shouldRefuseFragmentedOrLongControl() {
        assertThat(read(frame(0x09, "a"))).containsExactly("FRAGMENTED_CONTROL");
        assertThat(read(frame(0x89, "x".repeat(126)))).containsExactly("LONG_CONTROL");
        assertThat(read(frame(0x89, "x".repeat(125)))).containsExactly("ping " + "x".repeat(125));
    }

    @Test
    void shouldRefuseFragmentsOutOfOrder() {
        assertThat(read(frame(0x80, "a"))).containsExactly("ORPHAN_CONTINUATION");
        assertThat(read(frame(0x01, "a"), frame(0x81, "b"))).containsExactly("INTERLEAVED_MESSAGE");
    }

    @Test
    void shouldRefuseLengthsThatAreNotMinimalOrTooBig() {
        assertThat(read(bytes(0x81, 0xFE, 0, 125, 0, 0, 0, 0))).containsExactly("LENGTH_NOT_MINIMAL");
        assertThat(read(bytes(0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF))).containsExactly("LENGTH_NOT_MINIMAL");
        assertThat(read(bytes(0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0))).containsExactly("LENGTH_NEGATIVE");
        assertThat(read(bytes(0x81, 0xFF, 0, 0, 0, 0, 0x80, 0, 0, 0))).containsExactly("TOO_BIG");
        assertThat(read(bytes(0x81, 0xFE, (MAX + 1) >> 8, MAX + 1))).containsExactly("TOO_BIG");
    }

    @Test
    void shouldJoinFragmentsAroundControlFrames() {
        assertThat(read(frame(0x01, "a"), frame(0x89, "p"), frame(0x00, "b"), frame(0x8A, ""), frame(0x80, "c")))
                .containsExactly("ping p", "pong", "text abc");
    }

    @Test
    void shouldDeliverWhenFirstFragmentIsEmpty() {
        assertThat(read(frame(0x01, ""), frame(0x00, "ab"), frame(0x80, ""))).containsExactly("text ab");
    }

    @Test
    void shouldRefuseWhenFragmentsAreTooManyOrTooLong() {
        byte[][] empty = new byte[2000][];
        empty[0] = frame(0x01, "");
        for (int i = 1; i < empty.length; i++) {
            empty[i] = frame(0x00, "");
        }
        assertThat(read(empty)).containsExactly("TOO_MANY_FRAGMENTS");
        String half = "x".repeat(MAX / 2 + 1);
        assertThat(read(frame(0x01, half), frame(0x00, half))).containsExactly("TOO_BIG");
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() {
        List<byte[]> bad = List.of(
                bytes(0xC0, 0xAF),
                bytes(0xE0, 0x80, 0xAF),
                bytes(0xED, 0xA0, 0x80),
                bytes(0xF4, 0x90, 0x80, 0x80),
                bytes(0xF5, 0x80, 0x80, 0x80),
                bytes(0xFF),
                bytes(0x80),
                bytes('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 0xC3),
                bytes(0xE2, 0x82));
        for (byte[] payload : bad) {
            assertThat(read(frame(0x81, payload))).containsExactly("NOT_UTF8");
            assertThat(read(frame(0x01, payload), frame(0x80, ""))).containsExactly("NOT_UTF8");
        }
    }

    @Test
    void shouldAcceptUtf8SplitBetweenFragments() {
        byte[] euro = "€𝄞".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= euro.length; cut++) {
            byte[] head = Arrays.copyOf(euro, cut);
            byte[] tail = Arrays.copyOfRange(euro, cut, euro.length);
            assertThat(read(frame(0x01, head), frame(0x80, tail))).containsExactly("text €𝄞");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
    void shouldRefuseCloseCodesThatMayNotBeSent(int code) {
        assertThat(read(frame(0x88, bytes(code >> 8, code)))).containsExactly("BAD_CLOSE");
    }

    @Test
    void shouldRefuseCloseThatIsCutOrNotUtf8() {
        assertThat(read(frame(0x88, bytes(3)))).containsExactly("BAD_CLOSE");
        assertThat(read(frame(0x88, bytes(3, 0xE8, 0xC3)))).containsExactly("NOT_UTF8");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 1014, 3000, 4999})
    void shouldCloseWhenCodeMayBeSent(int code) {
        assertThat(read(frame(0x88, bytes(code >> 8, code, 'o', 'k')))).containsExactly("close " + code);
    }

    @Test
    void shouldIgnoreWhatFollowsClose() {
        assertThat(read(frame(0x88, ""), frame(0x81, "late"))).containsExactly("close 1005");
    }

    @Test
    void shouldRefuseBinary() {
        assertThat(read(frame(0x82, "a"))).containsExactly("BINARY");
    }

    @Property(tries = 300)
    void shouldSeeTheSameWhereverInputIsCut(
            @ForAll @UniqueElements @Size(max = 12) List<@IntRange(min = 1, max = 400) Integer> cuts) {
        byte[] input = join(
                frame(0x81, "x".repeat(200)),
                frame(0x01, "a"),
                frame(0x89, ""),
                frame(0x80, "b".repeat(130)),
                frame(0x81, "end"));
        List<Integer> sorted =
                cuts.stream().filter(c -> c < input.length).sorted().toList();
        int from = 0;
        for (int to : sorted) {
            feed(Arrays.copyOfRange(input, from, to));
            from = to;
        }
        feed(Arrays.copyOfRange(input, from, input.length));

        assertThat(seen.events)
                .containsExactly("text " + "x".repeat(200), "ping ", "text a" + "b".repeat(130), "text end");
        assertThat(partial).isNull();
        end();
    }
}
