package dev.weir.gateway.server.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request head, split and not yet judged.
 *
 * @param method the method
 * @param target the request target
 * @param version the protocol version
 * @param fields header fields in order, names in lower case
 */
record RequestHead(String method, String target, String version, List<Field> fields) {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /**
     * One header field.
     *
     * @param name in lower case
     * @param value without the white space around it
     */
    record Field(String name, String value) {}

    /** Splits a head that {@link HeadScanner} found complete, or returns empty when a line is not of its form. */
    static Optional<RequestHead> parse(String head) {
        String[] lines = head.split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        if (start.length != 3 || !isToken(start[0]) || start[1].isEmpty()) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>(lines.length);
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1 || !isToken(lines[i].substring(0, colon))) {
                return Optional.empty();
            }
            fields.add(new Field(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip()));
        }
        return Optional.of(new RequestHead(start[0], start[1], start[2], fields));
    }

    /** All values of a field, in order. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>(2);
        for (Field field : fields) {
            if (field.name().equals(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /** Whether a comma separated field holds an element, letter case aside. */
    boolean lists(String name, String element) {
        return elements(name).stream().anyMatch(element::equalsIgnoreCase);
    }

    /** The elements of a comma separated field, over all its lines. */
    List<String> elements(String name) {
        List<String> elements = new ArrayList<>(2);
        for (String value : values(name)) {
            for (String element : value.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
