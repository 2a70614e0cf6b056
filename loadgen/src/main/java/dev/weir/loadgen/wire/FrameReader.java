package dev.weir.loadgen.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a server from whatever pieces arrive.
 *
 * <p>A text message is handed on line by line. A line that arrives in pieces is judged by its first {@link #HEAD_MAX} bytes and the rest is skipped, so
 * that a connection that reads a message of megabytes slowly does not hold it.
 *
 * <p><b>Threading:</b> owned by one event loop. <b>Bounds:</b> 72 bytes, and up to {@link #HEAD_MAX} while a line is incomplete.
 */
public final class FrameReader {
    /** How much of an incomplete line is kept. */
    public static final int HEAD_MAX = 1_024;

    /** Bytes of the longest control frame's payload. <b>Source:</b> RFC 6455 section 5.5. */
    private static final int CONTROL_MAX = 125;

    private static final byte FIRST_BYTE = 0;
    private static final byte SECOND_BYTE = 1;
    private static final byte LENGTH_BYTES = 2;
    private static final byte PAYLOAD = 3;

    private final boolean splitsLines;
    private byte state = FIRST_BYTE;
    private byte opcode;
    private byte lengthBytesLeft;
    private boolean isFinal;
    private boolean messageOpen;
    private boolean lineCut;
    private long remaining;
    private int heldLength;
    private byte @Nullable [] held;
    private byte @Nullable [] control;
    private int controlLength;

    /**
     * Starts at the first byte after the handshake.
     *
     * @param splitsLines whether a message is lines, each handed on by itself; else it is one
     */
    public FrameReader(boolean splitsLines) {
        this.splitsLines = splitsLines;
    }

    /** Takes what was read. Arrays are only lent: they are valid during the call. */
    public interface Sink {
        /**
         * A line of a message, without its line break, or a whole message.
         *
         * @param bytes it stands in {@code [from, to)}
         * @param isWhole whether that is all of it; else it is its head
         */
        void line(byte[] bytes, int from, int to, boolean isWhole);

        /** A control frame. */
        void control(int opcode, byte[] payload);
    }

    /**
     * Reads on.
     *
     * @param bytes what arrived stands in {@code [from, to)}
     * @return what the server did that RFC 6455 forbids, after which nothing more may be fed; null when all is well
     */
    public @Nullable String feed(byte[] bytes, int from, int to, Sink sink) {
        int at = from;
        while (at < to || isPayloadDone()) {
            if (state == PAYLOAD) {
                int length = (int) Math.min(remaining, to - at);
                boolean ends = length == remaining;
                remaining -= length;
                takePayload(bytes, at, at + length, ends, sink);
                at += length;
                if (ends) {
                    state = FIRST_BYTE;
                }
            } else {
                String violation = takeHeader(bytes[at++]);
                if (violation != null) {
                    return violation;
                }
            }
        }
        return null;
    }

    private boolean isPayloadDone() {
        return state == PAYLOAD && remaining == 0;
    }

    private @Nullable String takeHeader(byte b) {
        return switch (state) {
            case FIRST_BYTE -> takeFirst(b);
            case SECOND_BYTE -> takeLength(b);
            default -> takeLengthByte(b);
        };
    }

    private @Nullable String takeFirst(byte b) {
        opcode = (byte) (b & 0x0F);
        isFinal = b < 0;
        state = SECOND_BYTE;
        return (b & 0x70) != 0 ? "reserved bits set" : checkOpcode();
    }

    private @Nullable String takeLengthByte(byte b) {
        remaining = remaining << 8 | (b & 0xFF);
        return --lengthBytesLeft == 0 ? startPayload() : null;
    }

    private @Nullable String checkOpcode() {
        if (!Opcode.isKnown(opcode)) {
            return "reserved opcode " + opcode;
        }
        if (Opcode.isControl(opcode)) {
            return isFinal ? null : "fragmented control frame";
        }
        if ((opcode == Opcode.CONTINUATION) != messageOpen) {
            return messageOpen ? "new message inside a fragmented one" : "continuation of nothing";
        }
        return null;
    }

    private @Nullable String takeLength(byte b) {
        if (b < 0) {
            return "masked server frame";
        }
        if (Opcode.isControl(opcode) && b > CONTROL_MAX) {
            return "control frame longer than " + CONTROL_MAX + " bytes";
        }
        if (b > CONTROL_MAX) {
            lengthBytesLeft = (byte) (b == CONTROL_MAX + 1 ? 2 : 8);
            remaining = 0;
            state = LENGTH_BYTES;
            return null;
        }
        remaining = b;
        return startPayload();
    }

    private @Nullable String startPayload() {
        if (remaining < 0) {
            return "frame length with its highest bit set";
        }
        if (Opcode.isControl(opcode)) {
            control = new byte[(int) remaining];
            controlLength = 0;
        } else {
            messageOpen = true;
        }
        state = PAYLOAD;
        return null;
    }

    private void takePayload(byte[] bytes, int from, int to, boolean ends, Sink sink) {
        byte[] pending = control;
        if (pending == null) {
            takeText(bytes, from, to, ends && isFinal, sink);
            return;
        }
        System.arraycopy(bytes, from, pending, controlLength, to - from);
        controlLength += to - from;
        if (ends) {
            control = null;
            sink.control(opcode, pending);
        }
    }

    private void takeText(byte[] bytes, int from, int to, boolean endsMessage, Sink sink) {
        int lineFrom = from;
        if (splitsLines) {
            int lineTo = Bytes.indexOf(bytes, lineFrom, to, (byte) '\n');
            while (lineTo >= 0) {
                emit(bytes, lineFrom, lineTo, sink);
                lineFrom = lineTo + 1;
                lineTo = Bytes.indexOf(bytes, lineFrom, to, (byte) '\n');
            }
        }
        if (endsMessage) {
            messageOpen = false;
            emit(bytes, lineFrom, to, sink);
        } else {
            hold(bytes, lineFrom, to);
        }
    }

    private void emit(byte[] bytes, int from, int to, Sink sink) {
        if (held == null) {
            if (to > from || !splitsLines) {
                sink.line(bytes, from, to, true);
            }
            return;
        }
        hold(bytes, from, to);
        byte[] line = held;
        boolean isWhole = !lineCut;
        held = null;
        lineCut = false;
        sink.line(line, 0, heldLength, isWhole);
    }

    private void hold(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        byte[] kept = held;
        int had = kept == null ? 0 : heldLength;
        int added = Math.min(to - from, HEAD_MAX - had);
        lineCut |= added < to - from;
        if (kept == null) {
            kept = new byte[added];
        } else if (kept.length < had + added) {
            kept = Arrays.copyOf(kept, Math.min(HEAD_MAX, Math.max(had + added, 2 * kept.length)));
        }
        System.arraycopy(bytes, from, kept, had, added);
        held = kept;
        heldLength = had + added;
    }
}
