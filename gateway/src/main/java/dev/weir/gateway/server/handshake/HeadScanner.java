package dev.weir.gateway.server.handshake;

import org.jspecify.annotations.Nullable;

/**
 * Looks for the end of a request head, in as many pieces as it comes in, and stops at the first byte that cannot be right.
 *
 * <p><b>Threading:</b> owned by one connection during its handshake.
 *
 * <p><b>Bounds:</b> {@value #LINE_BYTES_MAX} bytes of request line, {@value #HEAD_BYTES_MAX} of head, {@value #FIELDS_MAX} fields.
 *
 * <p><b>Source:</b> RFC 9112 sections 2.2 and 5.2 (line ends, obsolete folding).
 */
public final class HeadScanner {
    /** Longest request line: a token in the query has room. */
    public static final int LINE_BYTES_MAX = 4096;
    /** Longest head in all. */
    public static final int HEAD_BYTES_MAX = 8192;
    /** Most header fields. */
    public static final int FIELDS_MAX = 100;

    private int scanned;
    private int lineStart;
    private int lines;
    private boolean afterCarriageReturn;
    private boolean complete;
    private @Nullable Refusal fault;

    /**
     * Looks at the next bytes, up to the end of the head or the first that cannot be right.
     *
     * @param bytes holds them in [from, to)
     * @param from the first
     * @param to the one after the last
     * @return the one after the last that was looked at
     */
    public int scan(byte[] bytes, int from, int to) {
        int next = from;
        while (next < to && !complete && fault == null) {
            take(bytes[next++]);
        }
        return next;
    }

    private void take(byte next) {
        int position = scanned++;
        boolean printable = next > ' ' && next < 0x7F;
        if (!printable || afterCarriageReturn || position >= LINE_BYTES_MAX) {
            takeUnusual(next, position);
        }
    }

    private void takeUnusual(byte next, int position) {
        if (position >= HEAD_BYTES_MAX) {
            fault = lines == 0 ? Refusal.lineTooLong() : Refusal.headTooLarge();
        } else if (afterCarriageReturn) {
            if (next == '\n') {
                endLine(position);
            } else {
                fault = Refusal.badRequest("bare carriage return");
            }
        } else if (next == '\r') {
            afterCarriageReturn = true;
        } else if (next == '\n') {
            fault = Refusal.badRequest("bare line feed");
        } else if ((next >= 0 && next < 0x20 && next != '\t') || next == 0x7F) {
            fault = Refusal.badRequest("control character");
        } else if (lines > 0 && position == lineStart && (next == ' ' || next == '\t')) {
            fault = Refusal.badRequest("folded header line");
        } else if (lines == 0 && position >= LINE_BYTES_MAX) {
            fault = Refusal.lineTooLong();
        }
    }

    private void endLine(int position) {
        afterCarriageReturn = false;
        boolean emptyLine = position == lineStart + 1;
        lineStart = position + 1;
        if (!emptyLine) {
            lines++;
            fault = lines > FIELDS_MAX + 1 ? Refusal.headTooLarge() : null;
        } else if (lines > 0) {
            complete = true;
        } else {
            fault = Refusal.badRequest("empty request line");
        }
    }

    /** Whether the byte looked at last ended the head. */
    public boolean complete() {
        return complete;
    }

    /** The answer to a head that cannot become right any more, or null. */
    public @Nullable Refusal fault() {
        return fault;
    }
}
