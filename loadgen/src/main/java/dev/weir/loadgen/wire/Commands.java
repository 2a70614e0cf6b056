package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/** Client commands in the protocol's JSON form, one line each; lines of one frame are joined by {@code \n}. */
public final class Commands {
    /** The id of the connect command in what {@link #join} builds; subscribe commands follow it. */
    public static final int CONNECT_ID = 1;

    /** Ids up to here belong to {@link #join}. */
    public static final int JOIN_ID_MAX = 100;

    private Commands() {}

    /** Connects under a name. */
    public static String connect(int id, String name) {
        return "{\"id\":" + id + ",\"connect\":{\"name\":" + quoted(name) + "}}";
    }

    /** Joins a room. */
    public static String subscribe(int id, String room) {
        return "{\"id\":" + id + ",\"subscribe\":{\"channel\":" + quoted(room) + "}}";
    }

    /** Leaves a room. */
    public static String unsubscribe(int id, String room) {
        return "{\"id\":" + id + ",\"unsubscribe\":{\"channel\":" + quoted(room) + "}}";
    }

    /** Calls a remote method without arguments. */
    public static String rpc(int id, String method) {
        return "{\"id\":" + id + ",\"rpc\":{\"method\":" + quoted(method) + ",\"data\":{}}}";
    }

    /**
     * Publishes.
     *
     * @param json the message: one JSON value without line breaks
     */
    public static String publish(long id, String room, String json) {
        return "{\"id\":" + id + ",\"publish\":{\"channel\":" + quoted(room) + ",\"data\":" + json + "}}";
    }

    /** The body of the server API's publish request. */
    public static String publishRequest(String room, String json) {
        return "{\"channel\":" + quoted(room) + ",\"data\":" + json + "}";
    }

    /** All that a connection says at first, in one frame: connect, and a subscribe for each room. */
    public static byte[] join(String name, int... rooms) {
        StringBuilder lines = new StringBuilder(connect(CONNECT_ID, name));
        int id = CONNECT_ID;
        for (int room : rooms) {
            lines.append('\n').append(subscribe(++id, Rooms.name(room)));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A JSON string.
     *
     * <p><b>Source:</b> RFC 8259 section 7: quotation mark, reverse solidus and the control characters must be escaped.
     */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
