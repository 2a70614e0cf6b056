package dev.weir.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON codec against the golden frames, and against bytes that nobody chose. */
final class JsonCodecTest {
    private static final Path WIRE = Path.of("..", "testdata", "wire");
    private static final String CLIENT = "00000000-0000-4001-8000-000000000002";

    private final JsonCodec codec = new JsonCodec();

    private static byte[] golden(String name) {
        try {
            return Files.readAllBytes(WIRE.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Decoded decode(byte[] frame) {
        // Not at the start of the array: payloads must be cut out at the right place all the same.
        byte[] larger = new byte[frame.length + 14];
        Arrays.fill(larger, (byte) '"');
        System.arraycopy(frame, 0, larger, 7, frame.length);
        return codec.decode(larger, 7, frame.length);
    }

    private List<Command> commands(String name) {
        Decoded decoded = decode(golden("client/" + name + ".json"));
        assertThat(decoded.fault()).isEmpty();
        return decoded.commands();
    }

    private static Payload json(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Path> clientFrames() throws IOException {
        return files("client");
    }

    static List<Path> refusedFrames() throws IOException {
        return files("refused");
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(WIRE.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("clientFrames")
    void shouldReadWhenFrameIsGolden(Path file) throws IOException {
        Decoded decoded = decode(Files.readAllBytes(file));

        assertThat(decoded.fault()).isEmpty();
        assertThat(decoded.commands()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("refusedFrames")
    void shouldRefuseWhenFrameIsBad(Path file) throws IOException {
        Decoded decoded = decode(Files.readAllBytes(file));

        assertThat(decoded.fault()).isNotEmpty();
        assertThat(decoded.commands()).isEmpty();
    }

    @Test
    void shouldKeepFieldsWhenReading() {
        assertThat(commands("connect")).containsExactly(new Command.Connect(1, "", "js", "5.4.0"));
        assertThat(commands("connect-token")).containsExactly(new Command.Connect(1, "a.b.c", "", ""));
        assertThat(commands("subscribe-recover"))
                .containsExactly(new Command.Subscribe(2, "news", "", true, 2, 0, false));
        assertThat(commands("unsubscribe")).containsExactly(new Command.Unsubscribe(3, "news"));
        assertThat(commands("sub-refresh")).containsExactly(new Command.Unsupported(12, Command.Method.SUB_REFRESH));
        assertThat(commands("send")).containsExactly(new Command.Send());
        assertThat(commands("pong")).containsExactly(new Command.Pong());
        assertThat(commands("wrong-type")).containsExactly(new Command.Malformed(14, "channel"));
        assertThat(commands("body-not-object")).containsExactly(new Command.Malformed(15, "publish"));
    }

    @Test
    void shouldCutPayloadOutAsBytesWhenReadingPublish() {
        assertThat(commands("publish"))
                .containsExactly(new Command.Publish(
                        4, "news", Optional.of(json("{\"text\":\"grüße \\u00e9 \\\"x\\\"\",\"n\":[1,2.5e3,null]}"))));
        assertThat(commands("publish-string"))
                .containsExactly(new Command.Publish(5, "news", Optional.of(json("\"<script>alert(1)</script>\""))));
        assertThat(commands("publish-newlines"))
                .containsExactly(new Command.Publish(6, "news", Optional.of(json("{  \"a\": 1}"))));
    }

    @Test
    void shouldReadEveryKindOfPayloadWhenItIsLastOrNot() {
        for (String value :
                List.of("0", "-1.5e10", "1e999999", "true", "false", "null", "\"\"", "\"a\\\"b\"", "[]", "{}")) {
            for (String space : List.of("", " ")) {
                String last = "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":" + space + value + space + "}}";
                String first = "{\"id\":1,\"publish\":{\"data\":" + space + value + space + ",\"channel\":\"c\"}}";
                Command expected = new Command.Publish(1, "c", Optional.of(json(value)));

                assertThat(decode(last.getBytes(StandardCharsets.UTF_8)).commands())
                        .containsExactly(expected);
                assertThat(decode(first.getBytes(StandardCharsets.UTF_8)).commands())
                        .containsExactly(expected);
            }
        }
    }

    @Test
    void shouldReadAllWhenFrameHoldsSeveralCommands() {
        assertThat(commands("two-lines")).isEqualTo(commands("two-touching")).hasSize(2);
    }

    @Test
    void shouldKeepWhatCameBeforeWhenLaterCommandIsBad() {
        Decoded decoded = decode("{\"id\":1,\"connect\":{}}\n{\"id\":2,".getBytes(StandardCharsets.UTF_8));

        assertThat(decoded.commands()).containsExactly(new Command.Connect(1, "", "", ""));
        assertThat(decoded.fault()).isNotEmpty();
    }

    @Property
    void shouldNeverThrowWhenBytesAreArbitrary(@ForAll byte[] noise) {
        Decoded decoded = decode(noise);

        assertThat(decoded.commands().isEmpty() && decoded.fault().isEmpty()).isFalse();
    }

    @Property
    void shouldNeverThrowWhenGoldenIsDamaged(@ForAll byte value, @ForAll short position) {
        byte[] frame = golden("client/publish.json");
        frame[Math.floorMod(position, frame.length)] = value;

        Decoded decoded = decode(frame);

        assertThat(decoded.commands().size() + (decoded.fault().isPresent() ? 1 : 0))
                .isPositive();
    }

    @Test
    void shouldWriteGoldenBytesWhenEncodingReplies() {
        assertReply("connect", new Reply.Connected(1, CLIENT, "0.1.0", 25, true));
        assertReply("connect-without-ping", new Reply.Connected(1, CLIENT, "0.1.0", 0, false));
        assertReply("subscribe", new Reply.Subscribed(2));
        assertReply("unsubscribe", new Reply.Unsubscribed(3));
        assertReply("publish", new Reply.Published(4));
        assertReply("error", new Reply.Failed(5, ErrorCode.NOT_AVAILABLE));
        assertReply("error-temporary", new Reply.Failed(6, ErrorCode.TOO_MANY_REQUESTS));
    }

    private void assertReply(String name, Reply reply) {
        WireBuffer out = new WireBuffer(1);
        codec.encode(reply, out);
        assertThat(out.toByteArray()).isEqualTo(golden("server/" + name + ".json"));
    }

    @Test
    void shouldWriteGoldenBytesWhenEncodingPushes() {
        assertPush("push", new Push.Publication("news", json("{\"a\":1}"), Optional.empty()));
        assertPush(
                "push-from-client",
                new Push.Publication("news", json("\"x\""), Optional.of(new ClientInfo("", CLIENT))));
        assertPush("push-odd-channel", new Push.Publication("a\"b\\c", json("null"), Optional.empty()));
    }

    private void assertPush(String name, Push push) {
        WireBuffer out = new WireBuffer(1);
        codec.encode(push, out);
        assertThat(out.toByteArray()).isEqualTo(golden("server/" + name + ".json"));
    }

    @Test
    void shouldFitIntoCloseFrameWhenReasonIsOfTheCatalogue() {
        for (DisconnectCode code : DisconnectCode.values()) {
            assertThat(code.disconnect().mayReconnect()).isEqualTo(code.code() < 3500);
        }
    }
}
