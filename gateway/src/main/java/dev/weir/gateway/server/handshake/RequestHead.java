package dev.weir.gateway.server.handshake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request head, split and not yet judged: its text and where in it the header fields are, for most of them nobody asks.
 *
 * <p>Names of fields are given in lower case, and found in any.
 */
final class RequestHead {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    /** A field is four marks: where its name begins and ends, and where its value does, without the white space around it. */
    private static final int MARKS = 4;

    private static final int FIELDS_USUAL = 12;

    private final String text;
    private final String method;
    private final String target;
    private final String version;
    private int[] marks = new int[FIELDS_USUAL * MARKS];
    private int fields;

    private RequestHead(String text, String method, String target, String version) {
        this.text = text;
        this.method = method;
        this.target = target;
        this.version = version;
    }

    /** Splits a head that {@link HeadScanner} found complete, or returns null when a line is not of its form. */
    static @Nullable RequestHead parse(String text) {
        int end = lineEnd(text, 0);
        int first = text.indexOf(' ', 0, end);
        int second = text.indexOf(' ', first + 1, end);
        boolean threeParts = first > 0 && second > first + 1 && text.indexOf(' ', second + 1, end) < 0;
        if (!threeParts || !isToken(text, 0, first)) {
            return null;
        }
        RequestHead head = new RequestHead(
                text, text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1, end));
        for (int from = end + 2; from < text.length(); from = end + 2) {
            end = lineEnd(text, from);
            if (end == from) {
                break;
            }
            int colon = text.indexOf(':', from, end);
            if (!isToken(text, from, colon)) {
                return null;
            }
            head.add(from, colon, end);
        }
        return head;
    }

    /** Where the line that begins at an index ends. */
    private static int lineEnd(String text, int from) {
        int end = text.indexOf("\r\n", from);
        return end < 0 ? text.length() : end;
    }

    private void add(int from, int colon, int lineEnd) {
        int valueFrom = colon + 1;
        int valueTo = lineEnd;
        while (valueFrom < valueTo && isSpace(text.charAt(valueFrom))) {
            valueFrom++;
        }
        while (valueTo > valueFrom && isSpace(text.charAt(valueTo - 1))) {
            valueTo--;
        }
        int next = fields++ * MARKS;
        if (next == marks.length) {
            marks = Arrays.copyOf(marks, 2 * marks.length);
        }
        marks[next] = from;
        marks[next + 1] = colon;
        marks[next + 2] = valueFrom;
        marks[next + 3] = valueTo;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    String version() {
        return version;
    }

    /** How many fields have a name. */
    int count(String name) {
        int count = 0;
        for (int field = 0; field < fields; field++) {
            count += isNamed(field, name) ? 1 : 0;
        }
        return count;
    }

    /** All values of a field, in order. */
    List<String> values(String name) {
        List<String> values = List.of();
        for (int field = 0; field < fields; field++) {
            if (isNamed(field, name)) {
                String value = text.substring(marks[field * MARKS + 2], marks[field * MARKS + 3]);
                values = values.isEmpty() ? List.of(value) : appended(values, value);
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
        for (int field = 0; field < fields; field++) {
            // Most fields hold one element, and splitting them would allocate.
            if (isNamed(field, name) && is(marks[field * MARKS + 2], marks[field * MARKS + 3], element)) {
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

    private boolean isNamed(int field, String name) {
        return is(marks[field * MARKS], marks[field * MARKS + 1], name);
    }

    private boolean is(int from, int to, String other) {
        return to - from == other.length() && text.regionMatches(true, from, other, 0, other.length());
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return from < to;
    }
}
