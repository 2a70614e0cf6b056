package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/** What one line of the server is. */
public enum ServerLine {
    /** A heartbeat, {@code {}}. */
    PING,
    /** Something that the server says unasked. */
    PUSH,
    /** The answer to a command. */
    REPLY;

    private static final byte[] PUSH_START = "{\"push\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PUSH_KEY = "push".getBytes(StandardCharsets.US_ASCII);

    /** What the line in {@code bytes[from, to)} is. */
    public static ServerLine of(byte[] bytes, int from, int to) {
        if (Bytes.startsWith(bytes, from, to, PUSH_START)) {
            return PUSH;
        }
        JsonCursor cursor = new JsonCursor(bytes, from, to);
        if (!cursor.enterObject()) {
            return REPLY;
        }
        if (!cursor.nextKey()) {
            return PING;
        }
        return cursor.isKey(PUSH_KEY) ? PUSH : REPLY;
    }
}
