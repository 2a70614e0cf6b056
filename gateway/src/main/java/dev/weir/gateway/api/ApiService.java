package dev.weir.gateway.api;

import dev.weir.gateway.api.ApiRequest.Broadcast;
import dev.weir.gateway.api.ApiRequest.Channels;
import dev.weir.gateway.api.ApiRequest.Disconnect;
import dev.weir.gateway.api.ApiRequest.NodeInfo;
import dev.weir.gateway.api.ApiRequest.Publish;
import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.protocol.ErrorCode;
import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.server.Hub;
import dev.weir.gateway.server.HubStats;
import dev.weir.gateway.server.Overloaded;
import dev.weir.gateway.session.ChannelName;
import dev.weir.gateway.session.MessageSize;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Carries commands out on the parked connections.
 *
 * <p><b>Threading:</b> any thread; futures complete on the caller's context. <b>Bounds:</b> {@value #CHANNELS_MAX} channels in one
 * call.
 */
final class ApiService {
    /** Channels in one broadcast. */
    static final int CHANNELS_MAX = 10_000;

    private static final int CHANNELS_AT_ONCE = 500;

    private final GatewayConfig config;
    private final Node node;

    ApiService(GatewayConfig config, Node node) {
        this.config = config;
        this.node = node;
    }

    /** What a command led to. */
    sealed interface Answer {
        /** It was done. */
        record Result(JsonObject value) implements Answer {}

        /** It was not. */
        record Failure(ApiError error) implements Answer {}
    }

    Future<Answer> run(ApiRequest request, Hub hub) {
        return switch (request) {
            case Publish(String channel, Payload data) -> publish(hub, channel, data);
            case Broadcast(List<String> channels, Payload data) -> broadcast(hub, channels, data);
            case NodeInfo() -> Future.succeededFuture(new Answer.Result(info(hub.stats())));
            case Channels(Optional<Pattern> pattern) -> channels(hub, pattern);
            case Disconnect(String user, String client, int code, String reason) ->
                hub.disconnect(user, client, code, reason).map(closed -> new Answer.Result(new JsonObject()));
        };
    }

    private Future<Answer> publish(Hub hub, String channel, Payload data) {
        Optional<ApiError> error = refusal(channel, data);
        if (error.isPresent()) {
            return Future.succeededFuture(new Answer.Failure(error.get()));
        }
        return hub.publish(channel, data)
                .<Answer>map(done -> new Answer.Result(new JsonObject()))
                .recover(cause -> cause instanceof Overloaded overloaded
                        ? Future.succeededFuture(
                                new Answer.Failure(new ApiError(ErrorCode.TOO_MANY_REQUESTS, overloaded.rule())))
                        : Future.failedFuture(cause));
    }

    private Future<Answer> broadcast(Hub hub, List<String> channels, Payload data) {
        if (channels.size() > CHANNELS_MAX) {
            return Future.succeededFuture(new Answer.Failure(new ApiError(
                    ErrorCode.LIMIT_EXCEEDED,
                    "channels must be <= " + CHANNELS_MAX + ": channels=" + channels.size() + "; split the call")));
        }
        JsonArray responses = new JsonArray();
        return publishFrom(0, hub, channels, data, responses)
                .map(done -> new Answer.Result(new JsonObject().put("responses", responses)));
    }

    /** One part after the other: all at once, a long list alone would be more than the node takes in flight. */
    private Future<Void> publishFrom(int from, Hub hub, List<String> channels, Payload data, JsonArray responses) {
        if (from >= channels.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(from + CHANNELS_AT_ONCE, channels.size());
        List<Future<Answer>> answers = channels.subList(from, to).stream()
                .map(channel -> publish(hub, channel, data))
                .toList();
        // Each channel has an answer of its own, so one that failed is an answer too and not the end of the call.
        return Future.join(answers).otherwiseEmpty().compose(all -> {
            answers.forEach(answer -> responses.add(json(settled(answer))));
            return publishFrom(to, hub, channels, data, responses);
        });
    }

    private static Answer settled(Future<Answer> answer) {
        return answer.succeeded()
                ? answer.result()
                : new Answer.Failure(new ApiError(
                        ErrorCode.INTERNAL, String.valueOf(answer.cause().getMessage())));
    }

    /** The form in which an answer is sent unless the caller asked for the transport's error mode. */
    static JsonObject json(Answer answer) {
        return switch (answer) {
            case Answer.Result(JsonObject value) -> new JsonObject().put("result", value);
            case Answer.Failure(ApiError error) ->
                new JsonObject()
                        .put(
                                "error",
                                new JsonObject()
                                        .put("code", error.code().code())
                                        .put("message", error.message()));
        };
    }

    private static Future<Answer> channels(Hub hub, Optional<Pattern> pattern) {
        return hub.channels().map(counts -> {
            JsonObject channels = new JsonObject();
            counts.forEach((channel, subscribers) -> {
                if (pattern.isEmpty() || pattern.get().matcher(channel).matches()) {
                    channels.put(channel, new JsonObject().put("num_clients", subscribers));
                }
            });
            return new Answer.Result(new JsonObject().put("channels", channels));
        });
    }

    private JsonObject info(HubStats stats) {
        JsonObject self = new JsonObject()
                .put("uid", node.uid())
                .put("name", node.name())
                .put("version", node.version())
                .put("num_clients", stats.clients())
                .put("num_users", users(stats))
                .put("num_subs", stats.subscriptions())
                .put("num_channels", stats.channels())
                .put("uptime", node.uptimeSeconds());
        return new JsonObject().put("nodes", new JsonArray().add(self));
    }

    /** Until tokens name users, every connection is of the one anonymous user, whom the protocol counts as a user. */
    static int users(HubStats stats) {
        return stats.clients() > 0 ? 1 : 0;
    }

    private Optional<ApiError> refusal(String channel, Payload data) {
        int channelBytesMax = config.limits().channelBytesMax();
        Optional<ErrorCode> fault = ChannelName.fault(channel, channelBytesMax);
        if (fault.isPresent()) {
            String rule = fault.get() == ErrorCode.UNKNOWN_CHANNEL
                    ? "namespace of a channel must be configured"
                    : "channel must be 1 to " + channelBytesMax + " printable ASCII characters: length="
                            + channel.length();
            return Optional.of(new ApiError(fault.get(), rule));
        }
        long messageBytes = MessageSize.bytes(channel, data, Optional.empty());
        long messageBytesMax = config.slowConsumer().queueBytesMax();
        // A message above the bound would make every subscriber a slow one.
        return messageBytes <= messageBytesMax
                ? Optional.empty()
                : Optional.of(new ApiError(
                        ErrorCode.LIMIT_EXCEEDED,
                        "data with its channel must be <= slow_consumer_bytes: bytes=" + messageBytes
                                + " slow_consumer_bytes=" + messageBytesMax));
    }
}
