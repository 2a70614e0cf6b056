package dev.weir.gateway.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads one command object; the parser stands on its opening brace.
 *
 * <p>The id may come after the body, so the fields are collected first and the command is built at the end.
 */
final class JsonCommandReader {
    private static final long ID_MAX = 0xFFFF_FFFFL;

    private final JsonParser parser;
    private final byte[] source;
    private final int sourceOffset;

    private long id;
    private String method = "";
    private int seen;
    private String fault = "";
    private String wrongField = "";

    private String channel = "";
    private String token = "";
    private String name = "";
    private String version = "";
    private boolean recover;
    private boolean filtered;
    private long flags;
    private long type;
    private Optional<Payload> data = Optional.empty();

    JsonCommandReader(JsonParser parser, byte[] source, int sourceOffset) {
        this.parser = parser;
        this.source = source;
        this.sourceOffset = sourceOffset;
    }

    /** The command, or empty when the connection must be closed for it: {@link #fault()} says why. */
    Optional<Command> read() throws IOException {
        boolean empty = true;
        boolean hasId = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("id")) {
                if (hasId || !readId(value)) {
                    return refuse("id must be given once, a whole number of 1 to 4294967295");
                }
                hasId = true;
            } else if (!method.isEmpty()) {
                return refuse("command must hold one method: " + method + " and another");
            } else {
                method = field;
                readBody(value);
            }
            if (!fault.isEmpty()) {
                return Optional.empty();
            }
        }
        return empty ? Optional.of(new Command.Pong()) : build();
    }

    /** Why {@link #read()} returned nothing. */
    String fault() {
        return fault;
    }

    private Optional<Command> refuse(String why) {
        fault = why;
        return Optional.empty();
    }

    private boolean readId(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT || parser.getTextLength() > 10) {
            return false;
        }
        id = parser.getLongValue();
        return id > 0 && id <= ID_MAX;
    }

    private void readBody(JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            wrongField = method;
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME && fault.isEmpty()) {
            String field = parser.currentName();
            readField(field, parser.nextToken());
        }
    }

    private void readField(String field, JsonToken value) throws IOException {
        switch (field) {
            case "channel" -> channel = once(0) ? text(field, value) : "";
            case "token" -> token = once(1) ? text(field, value) : "";
            case "name" -> name = once(2) ? text(field, value) : "";
            case "version" -> version = once(3) ? text(field, value) : "";
            case "recover" -> recover = once(4) && flag(field, value);
            case "flag" -> flags = once(5) ? whole(field, value) : 0;
            case "type" -> type = once(6) ? whole(field, value) : 0;
            case "tf" -> filtered = once(7) && given(value);
            case "data" -> data = once(8) ? raw() : Optional.empty();
            default -> parser.skipChildren();
        }
    }

    private boolean once(int field) {
        boolean first = (seen & (1 << field)) == 0;
        seen |= 1 << field;
        if (!first) {
            fault = "field must be given once";
        }
        return first;
    }

    private String text(String field, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        return wrong(field, value, "");
    }

    private boolean flag(String field, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
            return value == JsonToken.VALUE_TRUE;
        }
        return wrong(field, value, false);
    }

    private long whole(String field, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 18) {
            return parser.getLongValue();
        }
        return wrong(field, value, 0L);
    }

    /** A null stands for the field's zero value, anything else of the wrong type is remembered. */
    private <T> T wrong(String field, JsonToken value, T zero) throws IOException {
        if (value != JsonToken.VALUE_NULL) {
            wrongField = field;
            parser.skipChildren();
        }
        return zero;
    }

    private boolean given(JsonToken value) throws IOException {
        parser.skipChildren();
        return value != JsonToken.VALUE_NULL;
    }

    private Optional<Payload> raw() throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return Optional.of(Payload.copyOf(source, sourceOffset + from, sourceOffset + to));
    }

    private Optional<Command> build() {
        if (method.equals("send")) {
            return Optional.of(new Command.Send());
        }
        if (id == 0) {
            return refuse("id must be > 0");
        }
        Command command =
                switch (method) {
                    case "connect" -> new Command.Connect(id, token, name, version);
                    case "subscribe" -> new Command.Subscribe(id, channel, token, recover, flags, type, filtered);
                    case "unsubscribe" -> new Command.Unsubscribe(id, channel);
                    case "publish" -> new Command.Publish(id, channel, data);
                    case "presence" -> new Command.Unsupported(id, Command.Method.PRESENCE);
                    case "presence_stats" -> new Command.Unsupported(id, Command.Method.PRESENCE_STATS);
                    case "history" -> new Command.Unsupported(id, Command.Method.HISTORY);
                    case "rpc" -> new Command.Unsupported(id, Command.Method.RPC);
                    case "refresh" -> new Command.Unsupported(id, Command.Method.REFRESH);
                    case "sub_refresh" -> new Command.Unsupported(id, Command.Method.SUB_REFRESH);
                    case "ping" -> new Command.Unsupported(id, Command.Method.PING);
                    default -> null;
                };
        if (command == null) {
            return refuse("method must be one of the protocol: " + method);
        }
        return Optional.of(wrongField.isEmpty() ? command : new Command.Malformed(id, wrongField));
    }
}
