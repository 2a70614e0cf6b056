package dev.weir.loadgen.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The frames that the gateway is tested against too. */
final class GoldenFramesTest {
    private static final Path FOLDER = Path.of("..", "testdata", "wire");

    private static byte[] golden(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    @ParameterizedTest
    @CsvSource({
        "connect.json, 1, 0, 25, true",
        "connect-without-ping.json, 1, 0, 0, false",
        "publish.json, 4, 0, 0, false",
        "error.json, 0, 108, 0, false",
        "error-temporary.json, 0, 100, 0, false"
    })
    void shouldReadRepliesWhenTheGatewayWritesThem(String file, int id, int error, int ping, boolean pong)
            throws IOException {
        byte[] bytes = golden("server/" + file);
        JsonNode json = new ObjectMapper().readTree(bytes);
        int goldenId = id == 0 ? json.get("id").asInt() : id;
        int goldenError = json.has("error") ? json.get("error").get("code").asInt() : error;
        assertThat(ServerLine.of(bytes, 0, bytes.length)).isEqualTo(ServerLine.REPLY);
        assertThat(ServerReply.read(bytes, 0, bytes.length))
                .isEqualTo(new ServerReply(goldenId, goldenError, ping, pong));
    }

    @ParameterizedTest
    @CsvSource({"push.json", "push-from-client.json", "push-odd-channel.json"})
    void shouldReadPublicationsWhenTheGatewayWritesThem(String file) throws IOException {
        byte[] bytes = golden("server/" + file);
        assertThat(ServerLine.of(bytes, 0, bytes.length)).isEqualTo(ServerLine.PUSH);
        assertThat(MeasuredMessage.isPublication(bytes, 0, bytes.length)).isTrue();
        assertThat(new MeasuredMessage().find(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void shouldKnowAPingWhenTheGatewayWritesIt() throws IOException {
        byte[] bytes = golden("server/ping.json");
        assertThat(ServerLine.of(bytes, 0, bytes.length)).isEqualTo(ServerLine.PING);
    }

    @Test
    void shouldWriteCommandsOfTheFormThatTheGatewayReads() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode subscribe = mapper.readTree(golden("client/subscribe.json"));
        String room = subscribe.get("subscribe").get("channel").asText();
        assertThat(mapper.readTree(Commands.subscribe(subscribe.get("id").asInt(), room)))
                .isEqualTo(subscribe);
        JsonNode publish = mapper.readTree(golden("client/publish.json"));
        String written = Commands.publish(
                publish.get("id").asInt(),
                publish.get("publish").get("channel").asText(),
                publish.get("publish").get("data").toString());
        assertThat(mapper.readTree(written)).isEqualTo(publish);
    }

    @Test
    void shouldFindMeasuresWhenAMessageComesBackInAPush() {
        String message = MeasuredMessage.build("room-12", 7, 100, 200, 300, 128);
        assertThat(message).hasSize(128);
        assertFound("{\"push\":{\"channel\":\"room-12\",\"pub\":{\"data\":" + message + ",\"offset\":3}}}");
        assertFound(message);
        assertFound("""
                 { "push" : {"pub":{"offset":1, "data": { "pad":"}{\\"", "seq":7 , "room": "room-12","sent":300,
                 "due":200,"first":100}},"channel":"x"}}""");
    }

    private static void assertFound(String line) {
        MeasuredMessage message = new MeasuredMessage();
        byte[] bytes = line.getBytes(UTF_8);
        assertThat(message.find(bytes, 0, bytes.length)).as(line).isTrue();
        assertThat(message.room()).isEqualTo(12);
        assertThat(message.sequence()).isEqualTo(7);
        assertThat(message.firstNanos()).isEqualTo(100);
        assertThat(message.dueNanos()).isEqualTo(200);
        assertThat(message.sentNanos()).isEqualTo(300);
    }

    @Test
    void shouldFindNothingWhenALineIsCutOrForeign() {
        String message = MeasuredMessage.build("room-12", 7, 100, 200, 300, 0);
        for (int length = 0; length < message.length() - 4; length++) {
            byte[] cut = message.substring(0, length).getBytes(UTF_8);
            new MeasuredMessage().find(cut, 0, cut.length);
            ServerReply.read(cut, 0, cut.length);
        }
        byte[] foreign = "{\"room\":\"lobby\",\"seq\":1,\"first\":1,\"due\":1,\"sent\":1}".getBytes(UTF_8);
        assertThat(new MeasuredMessage().find(foreign, 0, foreign.length)).isFalse();
        assertThat(message.length()).isLessThanOrEqualTo(MeasuredMessage.BYTES_MIN);
    }

    @Test
    void shouldNumberRoomsByTheirNames() {
        assertThat(Rooms.number("room-0")).isZero();
        assertThat(Rooms.number("room-4711")).isEqualTo(4711);
        assertThat(Rooms.number("everyone")).isEqualTo(Rooms.EVERYONE);
        assertThat(Rooms.number("room-")).isEqualTo(Rooms.UNKNOWN);
        assertThat(Rooms.number("room-1a")).isEqualTo(Rooms.UNKNOWN);
        assertThat(Rooms.number("everyones")).isEqualTo(Rooms.UNKNOWN);
        assertThat(Rooms.name(Rooms.EVERYONE)).isEqualTo("everyone");
    }
}
