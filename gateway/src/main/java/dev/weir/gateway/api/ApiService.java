package dev.weir.gateway.api;

import dev.weir.gateway.api.ApiRequest.Broadcast;
import dev.weir.gateway.api.ApiRequest.Channels;
import dev.weir.gateway.api.ApiRequest.Disconnect;
import dev.weir.gateway.api.ApiRequest.NodeInfo;
import dev.weir.gateway.api.ApiRequest.Publish;
import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.server.Hub;
import dev.weir.gateway.server.HubStats;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
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
    /** Channels in one broadcast: each is a task for every loop, and all of them are queued at once. */
    static final int CHANNELS_MAX = 10_000;

    /** What a push adds to data and channel, rounded up. */
    private static final int PUSH_OVERHEAD_BYTES = 64;

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
        return error.isPresent()
                ? Future.succeededFuture(new Answer.Failure(error.get()))
                : hub.publish(channel, data.bytes()).map(done -> new Answer.Result(new JsonObject()));
    }

    private Future<Answer> broadcast(Hub hub, List<String> channels, Payload data) {
        if (channels.size() > CHANNELS_MAX) {
            return Future.succeededFuture(new Answer.Failure(ApiError.limitExceeded(
                    "channels must be <= " + CHANNELS_MAX + ": channels=" + channels.size() + "; split the call")));
        }
        List<Future<Answer>> answers =
                channels.stream().map(channel -> publish(hub, channel, data)).toList();
        // Each channel has an answer of its own, so one that failed is an answer too and not the end of the call.
        return Future.join(answers).otherwiseEmpty().map(all -> {
            JsonArray responses = new JsonArray();
            answers.forEach(answer -> responses.add(json(settled(answer))));
            return new Answer.Result(new JsonObject().put("responses", responses));
        });
    }

    private static Answer settled(Future<Answer> answer) {
        return answer.succeeded()
                ? answer.result()
                : new Answer.Failure(
                        ApiError.internal(String.valueOf(answer.cause().getMessage())));
    }

    /** The form in which an answer is sent unless the caller asked for the transport's error mode. */
    static JsonObject json(Answer answer) {
        return switch (answer) {
            case Answer.Result(JsonObject value) -> new JsonObject().put("result", value);
            case Answer.Failure(ApiError error) ->
                new JsonObject()
                        .put("error", new JsonObject().put("code", error.code()).put("message", error.message()));
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
        int channelBytes = channel.getBytes(StandardCharsets.UTF_8).length;
        int channelBytesMax = config.limits().channelBytesMax();
        if (channelBytes == 0
                || channelBytes > channelBytesMax
                || !channel.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.of(ApiError.badRequest("channel must be 1 to " + channelBytesMax
                    + " printable ASCII characters without spaces: bytes=" + channelBytes));
        }
        long messageBytes = (long) data.bytes().length + channelBytes + PUSH_OVERHEAD_BYTES;
        long messageBytesMax = config.slowConsumer().queueBytesMax();
        // A message above the bound would make every subscriber a slow one.
        return messageBytes <= messageBytesMax
                ? Optional.empty()
                : Optional.of(ApiError.limitExceeded("data with its channel must be <= slow_consumer_bytes: bytes="
                        + messageBytes + " slow_consumer_bytes=" + messageBytesMax));
    }
}
