package dev.weir.gateway.api;

import dev.weir.gateway.api.ApiRequest.Broadcast;
import dev.weir.gateway.api.ApiRequest.Channels;
import dev.weir.gateway.api.ApiRequest.Disconnect;
import dev.weir.gateway.api.ApiRequest.NodeInfo;
import dev.weir.gateway.api.ApiRequest.NotJson;
import dev.weir.gateway.api.ApiRequest.Parsed;
import dev.weir.gateway.api.ApiRequest.Publish;
import dev.weir.gateway.api.ApiRequest.Understood;
import dev.weir.gateway.api.ApiRequest.Wrong;
import dev.weir.gateway.api.JsonFields.FieldException;
import dev.weir.gateway.protocol.DisconnectCode;
import dev.weir.gateway.protocol.ErrorCode;
import dev.weir.gateway.protocol.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns a body into a command.
 *
 * <p>A field that nobody knows is ignored, as users of the protocol expect. A field that the protocol knows and this server does
 * not serve is refused with 108 when it is set: accepting it in silence would promise a deduplication or a history that is not
 * there. {@code skip_history} is the exception: without history it is always kept.
 *
 * <p><b>Threading:</b> pure functions.
 */
final class ApiRequestReader {
    private static final List<String> PUBLISH_UNAVAILABLE =
            List.of("tags", "idempotency_key", "delta", "version", "version_epoch");
    private static final List<String> DISCONNECT_UNAVAILABLE = List.of("session", "whitelist");

    /** What a disconnect means that names no close code. */
    private static final dev.weir.gateway.protocol.Disconnect FORCE = DisconnectCode.FORCE_DISCONNECT.disconnect();

    private static final int REASON_BYTES_MAX = dev.weir.gateway.protocol.Disconnect.REASON_BYTES_MAX;

    private ApiRequestReader() {}

    static Parsed read(ApiMethod method, byte[] body) {
        if (!method.available()) {
            return new Wrong(new ApiError(ErrorCode.NOT_AVAILABLE, method.path()));
        }
        boolean fieldless = method == ApiMethod.INFO || method == ApiMethod.CHANNELS;
        try {
            JsonFields fields = fieldless && body.length == 0 ? JsonFields.none() : JsonFields.parse(body);
            return new Understood(command(method, fields));
        } catch (IOException e) {
            return new NotJson("body must be one JSON object in UTF-8");
        } catch (FieldException e) {
            return new Wrong(new ApiError(ErrorCode.BAD_REQUEST, e.rule()));
        } catch (UnavailableException e) {
            return new Wrong(new ApiError(ErrorCode.NOT_AVAILABLE, e.what()));
        }
    }

    private static final class UnavailableException extends Exception {
        private final String what;

        UnavailableException(String what) {
            super(what);
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    private static ApiRequest command(ApiMethod method, JsonFields fields) throws FieldException, UnavailableException {
        return switch (method) {
            case PUBLISH -> {
                refuse(fields, PUBLISH_UNAVAILABLE);
                yield new Publish(required(fields, "channel"), data(fields));
            }
            case BROADCAST -> {
                refuse(fields, PUBLISH_UNAVAILABLE);
                List<String> channels = fields.texts("channels");
                if (channels.isEmpty()) {
                    throw new FieldException("channels must name at least one channel");
                }
                yield new Broadcast(channels, data(fields));
            }
            case INFO -> new NodeInfo();
            case CHANNELS -> new Channels(pattern(fields.text("pattern")));
            case DISCONNECT -> disconnect(fields);
            case SUBSCRIBE, UNSUBSCRIBE, REFRESH, PRESENCE, PRESENCE_STATS, HISTORY, HISTORY_REMOVE, RPC, BATCH ->
                throw new UnavailableException(method.path());
        };
    }

    private static void refuse(JsonFields fields, List<String> names) throws UnavailableException {
        for (String name : names) {
            if (fields.isSet(name)) {
                throw new UnavailableException(name);
            }
        }
    }

    private static String required(JsonFields fields, String name) throws FieldException {
        String value = fields.text(name);
        if (value.isEmpty()) {
            throw new FieldException(name + " must be given");
        }
        return value;
    }

    private static Payload data(JsonFields fields) throws FieldException {
        String base64 = fields.text("b64data");
        if (base64.isEmpty()) {
            return fields.raw("data").map(Payload::of).orElseThrow(() -> new FieldException("data must be given"));
        }
        if (fields.has("data")) {
            throw new FieldException("data must be given once, as data or as b64data");
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new FieldException("b64data must be base64");
        }
        if (!JsonFields.isValue(decoded)) {
            throw new FieldException("b64data must hold one JSON value, the form that clients here speak");
        }
        return Payload.of(decoded);
    }

    /** Only an explicit user: without one a mistyped field would close every anonymous connection. */
    private static Disconnect disconnect(JsonFields fields) throws FieldException, UnavailableException {
        refuse(fields, DISCONNECT_UNAVAILABLE);
        if (!fields.has("user")) {
            throw new FieldException("user must be given; \"\" means anonymous connections");
        }
        JsonFields close = fields.object("disconnect");
        int code = close.number("code", FORCE.code());
        if (code < 3000 || code > 4999) {
            throw new FieldException("disconnect.code must be 3000 to 4999: code=" + code);
        }
        String reason = close.has("reason") ? close.text("reason") : code == FORCE.code() ? FORCE.reason() : "";
        if (reason.getBytes(StandardCharsets.UTF_8).length > REASON_BYTES_MAX) {
            throw new FieldException("disconnect.reason must be <= " + REASON_BYTES_MAX + " bytes");
        }
        return new Disconnect(fields.text("user"), fields.text("client"), code, reason);
    }

    /** {@code *} stands for any text, {@code ?} for one character; the empty pattern matches all. */
    private static Optional<Pattern> pattern(String glob) throws FieldException, UnavailableException {
        if (glob.isEmpty()) {
            return Optional.empty();
        }
        if (glob.length() > 255) {
            throw new FieldException("pattern must be <= 255 characters");
        }
        if (glob.chars().anyMatch(c -> "[]{}\\".indexOf(c) >= 0)) {
            throw new UnavailableException("pattern with [ ] { } \\; * and ? are");
        }
        // Possessive or not, ".*" backtracks only over one channel name of bounded length.
        String regex = Pattern.quote(glob.replaceAll("\\*+", "*"))
                .replace("*", "\\E.*\\Q")
                .replace("?", "\\E.\\Q");
        return Optional.of(Pattern.compile(regex));
    }
}
