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
    /** The last ping is due after four seconds, and may go half a second sooner. */
    private static final int MESSAGES = 38;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private static TestConfig config() {
        TestConfig config = TestConfig.on(GatewayConfig.Transport.EPOLL);
        config.loops = 1;
        // The first ping is due after two to four seconds; the last half second of that it may go early.
        config.pingInterval = Duration.ofSeconds(4);
        config.pongTimeout = Duration.ofSeconds(4);
        return config;
    }

    private static List<RawClient> members(HubFixture fixture, int count) throws IOException {
        List<RawClient> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(RawClient.subscribed(fixture.port(), "news"));
        }
        return members;
    }

    private static void publish(HubFixture fixture) throws InterruptedException {
        for (int message = 0; message < MESSAGES; message++) {
            HubFixture.await(fixture.hub().publish("news", Payload.of("1".getBytes(StandardCharsets.UTF_8))));
            Thread.sleep(BETWEEN);
        }
    }

    /** What has come by the last message. */
    private static List<String> read(RawClient member) throws IOException {
        List<String> frames = new ArrayList<>();
        // Messages may share a frame.
        for (int messages = 0; messages < MESSAGES; ) {
            String text = member.readFrame().text();
            messages += text.split(Pattern.quote(PUSH), -1).length - 1;
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
            publish(fixture);
            for (RawClient member : members) {
                assertThat(read(member))
                        .doesNotContain("{}")
                        .filteredOn(frame -> frame.endsWith(PUSH + "\n{}"))
                        .hasSize(1);
            }
            List<RawClient> answering = members.subList(1, MEMBERS);
            for (RawClient member : answering) {
                member.sendText("{}");
            }
            HubFixture.eventually(() -> pongs(fixture) == MEMBERS - 1);
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
            publish(fixture);
            assertThat(read(member))
                    .allMatch(frame -> frame.equals("{}") || frame.endsWith(PUSH))
                    .containsOnlyOnce("{}");
        }
    }
}
