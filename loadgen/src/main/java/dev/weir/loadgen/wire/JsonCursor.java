package dev.weir.loadgen.wire;

/**
 * Walks over the keys of a JSON object without building anything. Made for well-formed input; on any other it stops early.
 *
 * <p><b>Threading:</b> one thread. <b>Bounds:</b> constant memory at any depth.
 */
final class JsonCursor {
    private final byte[] bytes;
    private final int to;
    private int at;
    private int keyFrom;
    private int keyTo;

    JsonCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    /** Steps into the object that stands here; false when none does. */
    boolean enterObject() {
        return take('{');
    }

    /** Steps to the next key of the object, over what separates it; false at the object's end or at the end of the input. */
    boolean nextKey() {
        take(',');
        if (!take('"')) {
            take('}');
            return false;
        }
        keyFrom = at;
        if (!skipString()) {
            return false;
        }
        keyTo = at - 1;
        return take(':');
    }

    /** Whether the current key is this one, which has no escapes. */
    boolean isKey(byte[] name) {
        return keyTo - keyFrom == name.length && Bytes.startsWith(bytes, keyFrom, keyTo, name);
    }

    /** Reads a whole number; 0 when none stands here. */
    long number() {
        skipBlanks();
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        return negative ? -value : value;
    }

    /** Reads {@code true} or {@code false}; false when neither stands here. */
    boolean bool() {
        skipBlanks();
        boolean value = at < to && bytes[at] == 't';
        skipValue();
        return value;
    }

    /** Reads the number of the room whose name stands here; {@link Rooms#UNKNOWN} when none does. */
    int room() {
        if (!take('"')) {
            skipValue();
            return Rooms.UNKNOWN;
        }
        int from = at;
        return skipString() ? Rooms.number(bytes, from, at - 1) : Rooms.UNKNOWN;
    }

    /** Steps over the value that stands here, whatever it is. */
    void skipValue() {
        int depth = 0;
        while (at < to) {
            byte b = bytes[at];
            if (depth == 0 && (b == ',' || b == '}' || b == ']')) {
                return;
            }
            at++;
            if (b == '"') {
                skipString();
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
    }

    /** Steps over the rest of a string whose opening quote was taken; false when it does not end. */
    private boolean skipString() {
        while (at < to) {
            byte b = bytes[at++];
            if (b == '"') {
                return true;
            }
            if (b == '\\') {
                at++;
            }
        }
        return false;
    }

    private boolean take(char wanted) {
        skipBlanks();
        if (at < to && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
    }
}
