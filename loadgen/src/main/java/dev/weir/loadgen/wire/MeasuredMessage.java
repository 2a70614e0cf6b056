package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/**
 * A message that can be measured: it carries its room, its sequence and when it was meant to be and was sent.
 *
 * <p>The object is a cursor that is filled anew for each line, so that reading allocates nothing. All times are {@code System.nanoTime} of the
 * host that reads; on the wire, of the host that sent.
 *
 * <p><b>Threading:</b> owned by one event loop.
 */
public final class MeasuredMessage {
    /** The sequence of a message that is in none: it is counted and timed, but nobody can say whether one before it is missing. */
    public static final long NO_SEQUENCE = 0;

    private static final byte[] START = ascii("{\"room\":\"");
    private static final byte[] ROOM = ascii("room");
    private static final byte[] SEQUENCE = ascii("seq");
    private static final byte[] FIRST = ascii("first");
    private static final byte[] DUE = ascii("due");
    private static final byte[] SENT = ascii("sent");
    private static final byte[] PUSH = ascii("push");
    private static final byte[] PUB = ascii("pub");
    private static final byte[] DATA = ascii("data");
    private static final String PAD = ",\"pad\":\"";
    private static final String END = "\"}";

    /** A measured message of at least this many bytes can be built whatever its room, sequence and times. */
    public static final int BYTES_MIN =
            build("room-999999", 999_999_999, 1L << 53, 1L << 53, 1L << 53, 0).length();

    private final long aheadNanos;
    private int room;
    private long sequence;
    private long firstNanos;
    private long dueNanos;
    private long sentNanos;

    /** Of messages that were sent from this host. */
    public MeasuredMessage() {
        this(0);
    }

    /**
     * Of messages that were sent from another host.
     *
     * @param aheadNanos how far this host's clock is ahead of the sender's
     */
    public MeasuredMessage(long aheadNanos) {
        this.aheadNanos = aheadNanos;
    }

    /**
     * Builds one.
     *
     * @param payloadBytes how long it shall be; shorter than its own fields need, it has just these
     */
    public static String build(
            String room, long sequence, long firstNanos, long dueNanos, long sentNanos, int payloadBytes) {
        StringBuilder json = new StringBuilder(Math.max(128, payloadBytes))
                .append("{\"room\":\"")
                .append(room)
                .append("\",\"seq\":")
                .append(sequence)
                .append(",\"first\":")
                .append(firstNanos)
                .append(",\"due\":")
                .append(dueNanos)
                .append(",\"sent\":")
                .append(sentNanos);
        int padding = payloadBytes - json.length() - PAD.length() - END.length();
        if (padding < 0) {
            return json.append('}').toString();
        }
        return json.append(PAD).repeat('x', padding).append(END).toString();
    }

    /**
     * Looks for one in a line.
     *
     * @param bytes the line, or its head, stands in {@code [from, to)}
     * @return whether there is one; only then the other methods have meaning
     */
    public boolean find(byte[] bytes, int from, int to) {
        sequence = NO_SEQUENCE;
        room = Rooms.UNKNOWN;
        int start = Bytes.indexOf(bytes, from, to, START);
        if (start >= 0 && readObject(new JsonCursor(bytes, start, to))) {
            return true;
        }
        return findRewritten(bytes, from, to);
    }

    /** The same message after a server has rewritten its JSON: other blanks, other order of keys. */
    private boolean findRewritten(byte[] bytes, int from, int to) {
        JsonCursor cursor = new JsonCursor(bytes, from, to);
        boolean isPush = stepTo(cursor, PUSH) && stepTo(cursor, PUB) && stepTo(cursor, DATA);
        return readObject(isPush ? cursor : new JsonCursor(bytes, from, to));
    }

    private static boolean stepTo(JsonCursor cursor, byte[] key) {
        if (!cursor.enterObject()) {
            return false;
        }
        while (cursor.nextKey()) {
            if (cursor.isKey(key)) {
                return true;
            }
            cursor.skipValue();
        }
        return false;
    }

    private boolean readObject(JsonCursor cursor) {
        int wanted = 5;
        cursor.enterObject();
        while (wanted > 0 && cursor.nextKey()) {
            wanted--;
            if (cursor.isKey(ROOM)) {
                room = cursor.room();
            } else if (cursor.isKey(SEQUENCE)) {
                sequence = cursor.number();
            } else if (cursor.isKey(FIRST)) {
                firstNanos = cursor.number();
            } else if (cursor.isKey(DUE)) {
                dueNanos = cursor.number();
            } else if (cursor.isKey(SENT)) {
                sentNanos = cursor.number();
            } else {
                wanted++;
                cursor.skipValue();
            }
        }
        return wanted == 0 && sequence >= NO_SEQUENCE && room != Rooms.UNKNOWN;
    }

    /** Whether a line is a publication, measured or not. */
    public static boolean isPublication(byte[] bytes, int from, int to) {
        JsonCursor cursor = new JsonCursor(bytes, from, to);
        return stepTo(cursor, PUSH) && stepTo(cursor, PUB);
    }

    /** The room's number. */
    public int room() {
        return room;
    }

    /** From 1 in each room; {@link #NO_SEQUENCE} for none. */
    public long sequence() {
        return sequence;
    }

    /** When sequence 1 of the room was sent. */
    public long firstNanos() {
        return firstNanos + aheadNanos;
    }

    /** When this one was meant to be sent. */
    public long dueNanos() {
        return dueNanos + aheadNanos;
    }

    /** When this one was sent. */
    public long sentNanos() {
        return sentNanos + aheadNanos;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
