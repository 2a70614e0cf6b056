package dev.weir.gateway.server.handshake;

import java.util.Optional;

/**
 * Looks for the end of a request head, byte by byte, and stops at the first byte that cannot be right.
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

    /**
     * Takes the next byte.
     *
     * @return a refusal when the head cannot become right any more
     */
    public Optional<Refusal> take(byte next) {
        int position = scanned++;
        if (position >= HEAD_BYTES_MAX) {
            return Optional.of(lines == 0 ? Refusal.lineTooLong() : Refusal.headTooLarge());
        }
        if (afterCarriageReturn) {
            return next == '\n' ? lineEnd(position) : Optional.of(Refusal.badRequest("bare carriage return"));
        }
        if (next == '\r') {
            afterCarriageReturn = true;
            return Optional.empty();
        }
        if (next == '\n') {
            return Optional.of(Refusal.badRequest("bare line feed"));
        }
        if ((next >= 0 && next < 0x20 && next != '\t') || next == 0x7F) {
            return Optional.of(Refusal.badRequest("control character"));
        }
        if (lines > 0 && position == lineStart && (next == ' ' || next == '\t')) {
            return Optional.of(Refusal.badRequest("folded header line"));
        }
        return lines == 0 && position >= LINE_BYTES_MAX ? Optional.of(Refusal.lineTooLong()) : Optional.empty();
    }

    private Optional<Refusal> lineEnd(int position) {
        afterCarriageReturn = false;
        boolean emptyLine = position == lineStart + 1;
        lineStart = position + 1;
        if (emptyLine) {
            complete = lines > 0;
            return complete ? Optional.empty() : Optional.of(Refusal.badRequest("empty request line"));
        }
        lines++;
        return lines > FIELDS_MAX + 1 ? Optional.of(Refusal.headTooLarge()) : Optional.empty();
    }

    /** Whether the byte taken last ended the head. */
    public boolean complete() {
        return complete;
    }
}
