package dev.weir.gateway.server.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** Splits a head that {@link HeadScanner} found complete, or returns null when a line is not of its form. */
    static @Nullable RequestHead parse(String head) {
        int end = lineEnd(head, 0);
        String[] start = head.substring(0, end).split(" ", -1);
        if (start.length != 3 || !isToken(start[0]) || start[1].isEmpty()) {
            return null;
        }
        List<Field> fields = new ArrayList<>(12);
        for (int from = end + 2; from < head.length(); from = end + 2) {
            end = lineEnd(head, from);
            if (end == from) {
                break;
            }
            int colon = head.indexOf(':', from);
            if (colon <= from || colon >= end) {
                return null;
            }
            String name = head.substring(from, colon);
            if (!isToken(name)) {
                return null;
            }
            fields.add(new Field(
                    name.toLowerCase(Locale.ROOT),
                    head.substring(colon + 1, end).strip()));
        }
        return new RequestHead(start[0], start[1], start[2], fields);
    }

    /** Where the line that begins at an index ends; a pattern would be compiled anew for every handshake. */
    private static int lineEnd(String head, int from) {
        int end = head.indexOf("\r\n", from);
        return end < 0 ? head.length() : end;
    }

    /** All values of a field, in order. */
    List<String> values(String name) {
        List<String> values = List.of();
        for (Field field : fields) {
            if (field.name().equals(name)) {
                values = values.isEmpty() ? List.of(field.value()) : appended(values, field.value());
            }
        }
        return values;
    }

    private static List<String> appended(List<String> values, String value) {
        List<String> more = new ArrayList<>(values);
        more.add(value);
        return more;
    }

    /** Whether a comma separated field holds an element, letter case aside. */
    boolean lists(String name, String element) {
        for (Field field : fields) {
            // Most fields hold one element, and splitting them would allocate.
            if (field.name().equals(name) && field.value().equalsIgnoreCase(element)) {
                return true;
            }
        }
        for (String listed : elements(name)) {
            if (listed.equalsIgnoreCase(element)) {
                return true;
            }
        }
        return false;
    }

    /** The elements of a comma separated field, over all its lines. */
    List<String> elements(String name) {
        List<String> values = values(name);
        if (values.isEmpty()) {
            return values;
        }
        List<String> elements = new ArrayList<>(2);
        for (String value : values) {
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
