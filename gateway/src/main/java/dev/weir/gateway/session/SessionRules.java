package dev.weir.gateway.session;

import dev.weir.gateway.protocol.ClientInfo;
import dev.weir.gateway.protocol.Command;
import dev.weir.gateway.protocol.DisconnectCode;
import dev.weir.gateway.protocol.ErrorCode;
import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.protocol.Reply;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What each command may do in each state of a session.
 *
 * <p><b>Threading:</b> owned by one loop, because its source of ids is.
 */
public final class SessionRules {
    private static final int NAME_CHARACTERS_MAX = 16;
    private static final int VERSION_CHARACTERS_MAX = 64;
    private static final long FLAG_REJECT_UNRECOVERED = 2;
    private static final Decision BAD_REQUEST = new Decision.Close(DisconnectCode.BAD_REQUEST.disconnect());
    private static final Decision SEND_REFUSED = new Decision.Close(DisconnectCode.NOT_AVAILABLE.disconnect());
    private static final Decision PONG = new Decision.AcceptPong();

    private final Authorizer authorizer;
    private final Settings settings;
    private final RandomGenerator random;

    /**
     * What the rules need to know of the configuration.
     *
     * @param serverVersion version told to clients
     * @param pingSeconds time between pings told to clients, rounded up; 0 when none are sent
     * @param subscriptionsMax subscriptions per session
     * @param channelBytesMax longest channel name
     * @param messageBytesMax largest message; a larger one would make every subscriber a slow one
     */
    public record Settings(
            String serverVersion, long pingSeconds, int subscriptionsMax, int channelBytesMax, long messageBytesMax) {}

    /**
     * Rules for one loop.
     *
     * @param authorizer who may do what
     * @param settings limits and what clients are told
     * @param random source of connection ids, unpredictable in a server
     */
    public SessionRules(Authorizer authorizer, Settings settings, RandomGenerator random) {
        this.authorizer = authorizer;
        this.settings = settings;
        this.random = random;
    }

    /**
     * Decides about one command.
     *
     * @param state where the session stands
     * @param command what the client said
     * @param subscriptions what the session has joined
     */
    public Decision decide(SessionState state, Command command, Subscriptions subscriptions) {
        return switch (state) {
            case SessionState.AwaitingConnect _ ->
                command instanceof Command.Connect connect ? connect(connect) : BAD_REQUEST;
            case SessionState.Rejected _ -> BAD_REQUEST;
            case SessionState.Connected connected -> connected(connected, command, subscriptions);
        };
    }

    private Decision connect(Command.Connect command) {
        if (command.name().length() > NAME_CHARACTERS_MAX || command.version().length() > VERSION_CHARACTERS_MAX) {
            return new Decision.Reject(new Reply.Failed(command.id(), ErrorCode.BAD_REQUEST));
        }
        return switch (authorizer.connect(command)) {
            case Admission.Admitted(Identity identity) -> open(command.id(), identity);
            case Admission.Rejected(ErrorCode error) -> new Decision.Reject(new Reply.Failed(command.id(), error));
            case Admission.Refused(var disconnect) -> new Decision.Close(disconnect);
        };
    }

    private Decision open(long id, Identity identity) {
        // Version 4, variant 2: a random UUID of RFC 9562, section 5.4.
        long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        SessionState.Connected next = new SessionState.Connected(identity, high, low);
        long ping = settings.pingSeconds();
        return new Decision.Open(
                next, new Reply.Connected(id, next.client(), settings.serverVersion(), ping, ping > 0));
    }

    private Decision connected(SessionState.Connected state, Command command, Subscriptions subscriptions) {
        return switch (command) {
            case Command.Connect _ -> BAD_REQUEST;
            case Command.Subscribe subscribe -> subscribe(state, subscribe, subscriptions);
            case Command.Unsubscribe(long id, String channel) ->
                new Decision.Leave(channel, new Reply.Unsubscribed(id));
            case Command.Publish publish -> publish(state, publish);
            case Command.Unsupported unsupported -> failed(unsupported.id(), ErrorCode.NOT_AVAILABLE);
            case Command.Malformed malformed -> failed(malformed.id(), ErrorCode.BAD_REQUEST);
            case Command.Send _ -> SEND_REFUSED;
            case Command.Pong _ -> PONG;
        };
    }

    private Decision subscribe(SessionState.Connected state, Command.Subscribe command, Subscriptions subscriptions) {
        Optional<ErrorCode> fault = ChannelName.fault(command.channel(), settings.channelBytesMax());
        if (fault.isPresent()) {
            return failed(command.id(), fault.get());
        }
        if (subscriptions.contains(command.channel())) {
            return failed(command.id(), ErrorCode.ALREADY_SUBSCRIBED);
        }
        if (subscriptions.count() >= settings.subscriptionsMax()) {
            return failed(command.id(), ErrorCode.LIMIT_EXCEEDED);
        }
        if (command.type() != 0 || command.filtered()) {
            return failed(command.id(), ErrorCode.NOT_AVAILABLE);
        }
        if (command.recover() && (command.flags() & FLAG_REJECT_UNRECOVERED) != 0) {
            return failed(command.id(), ErrorCode.UNRECOVERABLE_POSITION);
        }
        return switch (authorizer.subscribe(state.identity(), command)) {
            case Right.Granted _ -> new Decision.Join(command.channel(), new Reply.Subscribed(command.id()));
            case Right.Denied(ErrorCode error) -> failed(command.id(), error);
        };
    }

    private Decision publish(SessionState.Connected state, Command.Publish command) {
        Optional<ErrorCode> fault = ChannelName.fault(command.channel(), settings.channelBytesMax());
        if (fault.isPresent() || command.data().isEmpty()) {
            return failed(command.id(), fault.orElse(ErrorCode.BAD_REQUEST));
        }
        Payload data = command.data().get();
        ClientInfo info = new ClientInfo(state.identity().user(), state.client());
        if (MessageSize.bytes(command.channel(), data, Optional.of(info)) > settings.messageBytesMax()) {
            return failed(command.id(), ErrorCode.LIMIT_EXCEEDED);
        }
        return switch (authorizer.publish(state.identity(), command)) {
            case Right.Denied(ErrorCode error) -> failed(command.id(), error);
            case Right.Granted _ ->
                new Decision.Deliver(
                        new Push.Publication(command.channel(), data, Optional.of(info)),
                        new Reply.Published(command.id()));
        };
    }

    private static Decision failed(long id, ErrorCode error) {
        return new Decision.Answer(new Reply.Failed(id, error));
    }
}
