package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.protocol.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Members of a large room get pings with its messages; those of a small one get each by itself. */
final class PingWithMessageIT {
    private static final String PUSH = "{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":1}}}";
    private static final int MEMBERS = 80;
    /** Until the last ping is due, after six seconds, and a while longer. */
    private static final int MESSAGES = 66;

    /** In a large room it may go three quarters of a second sooner; pongs must be there six seconds after the first. */
    private static final int MESSAGES_TO_MANY = 56;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private static TestConfig config() {
        TestConfig config = TestConfig.on(GatewayConfig.Transport.EPOLL);
        config.loops = 1;
        // The first ping is due after three to six seconds; the last three quarters of a second before that it may go
        // early.
        config.pingInterval = Duration.ofSeconds(6);
        config.pongTimeout = Duration.ofSeconds(6);
        return config;
    }

    private static List<RawClient> members(HubFixture fixture, int count) throws IOException {
        List<RawClient> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(RawClient.subscribed(fixture.port(), "news"));
        }
        return members;
    }

    private static void publish(HubFixture fixture, int messages) throws InterruptedException {
        for (int message = 0; message < messages; message++) {
            HubFixture.await(fixture.hub().publish("news", Payload.of("1".getBytes(StandardCharsets.UTF_8))));
            Thread.sleep(BETWEEN);
        }
    }

    /** What has come by the last message. */
    private static List<String> read(RawClient member, int messages) throws IOException {
        List<String> frames = new ArrayList<>();
        // Messages may share a frame.
        for (int read = 0; read < messages; ) {
            String text = member.readFrame().text();
            read += text.split(Pattern.quote(PUSH), -1).length - 1;
            frames.add(text);
        }
        return frames;
    }

    private static long pongs(HubFixture fixture) {
        return fixture.hub().stats().pingPongs().counts().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void shouldPingMembersOfALargeRoomWithAMessage() throws Exception {
        try (HubFixture fixture = new HubFixture(config())) {
            List<RawClient> members = members(fixture, MEMBERS);
            publish(fixture, MESSAGES_TO_MANY);
            for (RawClient member : members) {
                assertThat(read(member, MESSAGES_TO_MANY))
                        .doesNotContain("{}")
                        .filteredOn(frame -> frame.endsWith(PUSH + "\n{}"))
                        .hasSize(1);
            }
            List<RawClient> answering = members.subList(1, MEMBERS);
            for (RawClient member : answering) {
                member.sendText("{}");
            }
            HubFixture.eventually(() -> pongs(fixture) == MEMBERS - 1);
            members.getFirst().timeoutMillis(20_000);
            assertThat(members.getFirst().readFrame().closeCode())
                    .as("of who does not answer")
                    .isEqualTo(3012);
            for (RawClient member : answering) {
                assertThat(member.readFrame().text()).as("an interval later").isEqualTo("{}");
            }
            for (RawClient member : members) {
                member.close();
            }
        }
    }

    @Test
    void shouldPingMembersOfASmallRoomByThemselves() throws Exception {
        try (HubFixture fixture = new HubFixture(config());
                RawClient member = RawClient.subscribed(fixture.port(), "news")) {
            publish(fixture, MESSAGES);
            assertThat(read(member, MESSAGES))
                    .allMatch(frame -> frame.equals("{}") || frame.endsWith(PUSH))
                    .containsOnlyOnce("{}");
        }
    }
}
