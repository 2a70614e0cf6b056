package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/** What has come back for an upgrade request so far. */
public sealed interface UpgradeAnswer {
    /** Longest head of an answer, in bytes. */
    int HEAD_MAX = 16 * 1024;

    /** The head is not complete. */
    record Incomplete() implements UpgradeAnswer {}

    /**
     * The server switched to WebSocket.
     *
     * @param length bytes of the head; frames follow
     */
    record Switched(int length) implements UpgradeAnswer {}

    /**
     * The server answered with HTTP, but not with a valid switch.
     *
     * @param status the HTTP status
     * @param why what is wrong about a 101; empty for another status
     */
    record Refused(int status, String why) implements UpgradeAnswer {}

    /**
     * The server does not speak HTTP.
     *
     * @param start the first bytes, printable
     */
    record NotHttp(String start) implements UpgradeAnswer {}

    /**
     * Reads an answer.
     *
     * @param bytes what came so far stands in {@code [0, length)}
     * @param accept the {@code Sec-WebSocket-Accept} that is expected
     */
    static UpgradeAnswer read(byte[] bytes, int length, String accept) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        String start = "HTTP/1.";
        if (!text.regionMatches(0, start, 0, Math.min(length, start.length()))) {
            return new NotHttp(printable(text));
        }
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return length >= HEAD_MAX ? new NotHttp(printable(text)) : new Incomplete();
        }
        int status = status(text);
        if (status != 101) {
            return status < 0 ? new NotHttp(printable(text)) : new Refused(status, "");
        }
        String head = text.substring(0, end);
        if (!header(head, "upgrade").equalsIgnoreCase("websocket")) {
            return new Refused(status, "no 'Upgrade: websocket' in the answer");
        }
        return header(head, "sec-websocket-accept").equals(accept)
                ? new Switched(end + 4)
                : new Refused(status, "wrong Sec-WebSocket-Accept in the answer");
    }

    /** The status of {@code HTTP/1.x NNN reason}; -1 when it has none. */
    private static int status(String text) {
        int from = text.indexOf(' ') + 1;
        int to = from + 3;
        boolean isThree = from > 0 && text.length() > to && " \r".indexOf(text.charAt(to)) >= 0;
        int status = 0;
        for (int i = from; isThree && i < to; i++) {
            int digit = text.charAt(i) - '0';
            isThree = digit >= 0 && digit <= 9;
            status = status * 10 + digit;
        }
        return isThree && status >= 100 && status < 600 ? status : -1;
    }

    /** The value of a header, without a look at each line as a string of its own: this runs for every connection. */
    private static String header(String head, String name) {
        int from = head.indexOf("\r\n") + 2;
        while (from >= 2) {
            int end = head.indexOf("\r\n", from);
            int to = end < 0 ? head.length() : end;
            int colon = from + name.length();
            if (colon < to && head.charAt(colon) == ':' && head.regionMatches(true, from, name, 0, name.length())) {
                return head.substring(colon + 1, to).strip();
            }
            from = end < 0 ? -1 : end + 2;
        }
        return "";
    }

    private static String printable(String text) {
        String start = text.substring(0, Math.min(40, text.length()));
        return start.replaceAll("[^ -~]", ".");
    }
}
