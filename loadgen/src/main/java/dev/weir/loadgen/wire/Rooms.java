package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/** Names of the rooms that agents join: {@code room-0}, {@code room-1}, … and {@code everyone}; numbered, {@link #EVERYONE} for the latter. */
public final class Rooms {
    /** The number of the room {@code everyone}. */
    public static final int EVERYONE = -1;

    /** The number of a room that agents did not join. */
    public static final int UNKNOWN = -2;

    /** The name of the room that every connection may join. */
    public static final String EVERYONE_NAME = "everyone";

    private static final byte[] PREFIX = "room-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVERYONE_BYTES = EVERYONE_NAME.getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS_MAX = 9;

    private Rooms() {}

    /** The name of a room by its number. */
    public static String name(int room) {
        return room == EVERYONE ? EVERYONE_NAME : "room-" + room;
    }

    /** The number of the room whose name stands in {@code bytes[from, to)}; {@link #UNKNOWN} for any other name. */
    public static int number(byte[] bytes, int from, int to) {
        int digitsFrom = from + PREFIX.length;
        if (to > digitsFrom && to - digitsFrom <= DIGITS_MAX && Bytes.startsWith(bytes, from, to, PREFIX)) {
            int number = 0;
            for (int i = digitsFrom; i < to; i++) {
                int digit = bytes[i] - '0';
                if (digit < 0 || digit > 9) {
                    return UNKNOWN;
                }
                number = number * 10 + digit;
            }
            return number;
        }
        boolean everyone = to - from == EVERYONE_BYTES.length && Bytes.startsWith(bytes, from, to, EVERYONE_BYTES);
        return everyone ? EVERYONE : UNKNOWN;
    }

    /** The number of a room by its name; {@link #UNKNOWN} for any other name. */
    public static int number(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return number(bytes, 0, bytes.length);
    }
}
