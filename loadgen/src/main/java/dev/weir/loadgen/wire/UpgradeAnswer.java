package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

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

    private static int status(String text) {
        String[] words = text.substring(0, text.indexOf("\r\n")).split(" ", 3);
        return words.length > 1 && words[1].matches("[1-5][0-9]{2}") ? Integer.parseInt(words[1]) : -1;
    }

    private static String header(String head, String name) {
        for (String line : head.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    private static String printable(String text) {
        String start = text.substring(0, Math.min(40, text.length()));
        return start.replaceAll("[^ -~]", ".");
    }
}
