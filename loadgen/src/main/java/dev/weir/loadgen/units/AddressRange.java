package dev.weir.loadgen.units;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads source addresses: {@code 127.0.0.2}, {@code 127.0.0.2-127.0.0.9}, {@code 127.0.0.2-9}, and lists of these joined by commas.
 *
 * <p><b>Bounds:</b> {@link #ADDRESSES_MAX} addresses.
 */
public final class AddressRange {
    /** More than any host has. */
    public static final int ADDRESSES_MAX = 65_536;

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern ADDRESS = Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);
    private static final Pattern LAST_OCTET = Pattern.compile(OCTET);
    private static final String RULE = "be IPv4 addresses such as 127.0.0.2-127.0.0.9";

    private AddressRange() {}

    /** The addresses, in the order they were typed. */
    public static List<String> addresses(String key, String text) {
        List<String> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            long first = number(key, text, ends[0]);
            long last = ends.length == 1 ? first : last(key, text, first, ends[1]);
            if (ends.length > 2 || last < first || last - first >= ADDRESSES_MAX - addresses.size()) {
                throw new UnitException(key, RULE, text);
            }
            for (long address = first; address <= last; address++) {
                addresses.add(dotted(address));
            }
        }
        return List.copyOf(addresses);
    }

    private static long last(String key, String text, long first, String end) {
        return LAST_OCTET.matcher(end).matches() ? (first & ~0xFFL) | Integer.parseInt(end) : number(key, text, end);
    }

    private static long number(String key, String text, String address) {
        Matcher matcher = ADDRESS.matcher(address.strip());
        if (!matcher.matches()) {
            throw new UnitException(key, RULE, text);
        }
        long number = 0;
        for (int octet = 1; octet <= 4; octet++) {
            number = number << 8 | Integer.parseInt(matcher.group(octet));
        }
        return number;
    }

    private static String dotted(long address) {
        return (address >> 24 & 0xFF) + "." + (address >> 16 & 0xFF) + "." + (address >> 8 & 0xFF) + "."
                + (address & 0xFF);
    }
}
