package dev.weir.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.protocol.Command;
import dev.weir.gateway.protocol.DisconnectCode;
import dev.weir.gateway.protocol.ErrorCode;
import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionRulesTest {
    private static final SessionState.AwaitingConnect NEW = SessionState.AwaitingConnect.INSTANCE;
    private static final SessionState.Connected OPEN = new SessionState.Connected(Identity.ANONYMOUS, 1, 2);
    private static final Optional<Payload> DATA = Optional.of(Payload.of("1".getBytes(StandardCharsets.UTF_8)));

    private final SessionRules rules = rules(true);

    private static SessionRules rules(boolean insecure) {
        return new SessionRules(
                new AnonymousAccess(insecure),
                new SessionRules.Settings("0.1.0", 25, 3, 255, 400),
                new SplittableRandom(1));
    }

    private record Joined(Set<String> channels) implements Subscriptions {
        @Override
        public boolean contains(String channel) {
            return channels.contains(channel);
        }

        @Override
        public int count() {
            return channels.size();
        }
    }

    private Decision decide(SessionState state, Command command, String... joined) {
        return rules.decide(state, command, new Joined(Set.of(joined)));
    }

    private static Command subscribe(String channel) {
        return new Command.Subscribe(7, channel, "", false, 0, 0, false);
    }

    private static Decision failed(long id, ErrorCode error) {
        return new Decision.Answer(new Reply.Failed(id, error));
    }

    private static Decision closed(DisconnectCode code) {
        return new Decision.Close(code.disconnect());
    }

    @Test
    void shouldOpenWithRandomIdWhenConnecting() {
        Decision decision = decide(NEW, new Command.Connect(1, "", "js", "5"));

        assertThat(decision).isInstanceOfSatisfying(Decision.Open.class, open -> {
            UUID id = UUID.fromString(open.next().client());
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(open.reply()).isEqualTo(new Reply.Connected(1, id.toString(), "0.1.0", 25, true));
        });
    }

    @Test
    void shouldCloseWhenConnectingWithoutCredentials() {
        assertThat(rules(false).decide(NEW, new Command.Connect(1, "", "", ""), new Joined(Set.of())))
                .isEqualTo(closed(DisconnectCode.BAD_REQUEST));
    }

    @Test
    void shouldRejectWhenNameOrVersionIsTooLong() {
        Decision rejected = new Decision.Reject(new Reply.Failed(1, ErrorCode.BAD_REQUEST));

        assertThat(decide(NEW, new Command.Connect(1, "", "x".repeat(17), ""))).isEqualTo(rejected);
        assertThat(decide(NEW, new Command.Connect(1, "", "", "x".repeat(65)))).isEqualTo(rejected);
    }

    @Test
    void shouldCloseWhenCommandComesOutOfTurn() {
        for (Command command : List.of(subscribe("a"), new Command.Pong(), new Command.Send())) {
            assertThat(decide(NEW, command)).isEqualTo(closed(DisconnectCode.BAD_REQUEST));
        }
        Command connect = new Command.Connect(1, "", "", "");
        assertThat(decide(OPEN, connect)).isEqualTo(closed(DisconnectCode.BAD_REQUEST));
        assertThat(decide(SessionState.Rejected.INSTANCE, connect)).isEqualTo(closed(DisconnectCode.BAD_REQUEST));
    }

    @Test
    void shouldJoinWhenNameIsGood() {
        for (String name : List.of("a", "*", "user#42", "$private", "a/b c", "x".repeat(255))) {
            assertThat(decide(OPEN, subscribe(name))).isEqualTo(new Decision.Join(name, new Reply.Subscribed(7)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "a\0", "\u007f", "caf\u00e9", "p\u0430ypal"})
    void shouldFailWhenNameIsBad(String name) {
        assertThat(decide(OPEN, subscribe(name))).isEqualTo(failed(7, ErrorCode.BAD_REQUEST));
        assertThat(decide(OPEN, new Command.Publish(7, name, DATA))).isEqualTo(failed(7, ErrorCode.BAD_REQUEST));
    }

    @Test
    void shouldFailWhenNameIsTooLongOrOfNoNamespace() {
        assertThat(decide(OPEN, subscribe("x".repeat(256)))).isEqualTo(failed(7, ErrorCode.BAD_REQUEST));
        assertThat(decide(OPEN, subscribe("chat:index"))).isEqualTo(failed(7, ErrorCode.UNKNOWN_CHANNEL));
    }

    @Test
    void shouldFailWhenSubscribingTwiceOrTooOften() {
        assertThat(decide(OPEN, subscribe("a"), "a")).isEqualTo(failed(7, ErrorCode.ALREADY_SUBSCRIBED));
        assertThat(decide(OPEN, subscribe("d"), "a", "b", "c")).isEqualTo(failed(7, ErrorCode.LIMIT_EXCEEDED));
    }

    @Test
    void shouldFailWhenSubscribingInWaysThatDoNotExist() {
        assertThat(decide(OPEN, new Command.Subscribe(7, "a", "", true, 2, 0, false)))
                .isEqualTo(failed(7, ErrorCode.UNRECOVERABLE_POSITION));
        assertThat(decide(OPEN, new Command.Subscribe(7, "a", "", false, 0, 1, false)))
                .isEqualTo(failed(7, ErrorCode.NOT_AVAILABLE));
        assertThat(decide(OPEN, new Command.Subscribe(7, "a", "", false, 0, 0, true)))
                .isEqualTo(failed(7, ErrorCode.NOT_AVAILABLE));
        assertThat(decide(OPEN, new Command.Subscribe(7, "a", "", true, 1, 0, false)))
                .isInstanceOf(Decision.Join.class);
    }

    @Test
    void shouldAnswerWhenLeavingWhateverIsJoined() {
        assertThat(decide(OPEN, new Command.Unsubscribe(8, "a")))
                .isEqualTo(new Decision.Leave("a", new Reply.Unsubscribed(8)));
    }

    @Test
    void shouldCarryPublisherWhenPublishing() {
        assertThat(decide(OPEN, new Command.Publish(9, "a", DATA)))
                .isInstanceOfSatisfying(Decision.Deliver.class, deliver -> {
                    assertThat(deliver.push().channel()).isEqualTo("a");
                    assertThat(deliver.push().publisher().orElseThrow().client())
                            .isEqualTo("00000000-0000-0001-0000-000000000002");
                    assertThat(deliver.reply()).isEqualTo(new Reply.Published(9));
                });
    }

    @Test
    void shouldFailWhenPublishingWithoutDataOrRight() {
        assertThat(decide(OPEN, new Command.Publish(9, "a", Optional.empty())))
                .isEqualTo(failed(9, ErrorCode.BAD_REQUEST));
        assertThat(rules(false).decide(OPEN, new Command.Publish(9, "a", DATA), new Joined(Set.of())))
                .isEqualTo(failed(9, ErrorCode.PERMISSION_DENIED));
    }

    @Test
    void shouldFailWhenMessageIsLargerThanAQueue() {
        Optional<Payload> large = Optional.of(Payload.of("1".repeat(400).getBytes(StandardCharsets.UTF_8)));

        assertThat(decide(OPEN, new Command.Publish(9, "a", large))).isEqualTo(failed(9, ErrorCode.LIMIT_EXCEEDED));
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailWhenMethodIsNotAvailable(Command.Method method) {
        assertThat(decide(OPEN, new Command.Unsupported(9, method))).isEqualTo(failed(9, ErrorCode.NOT_AVAILABLE));
    }

    @Test
    void shouldTellApartWhatIsMalformedSentOrAnswered() {
        assertThat(decide(OPEN, new Command.Malformed(9, "channel"))).isEqualTo(failed(9, ErrorCode.BAD_REQUEST));
        assertThat(decide(OPEN, new Command.Send())).isEqualTo(closed(DisconnectCode.NOT_AVAILABLE));
        assertThat(decide(OPEN, new Command.Pong())).isEqualTo(new Decision.AcceptPong());
    }
}
