package dev.weir.loadgen.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Parser of {@code /proc/net/netstat} and {@code /proc/net/snmp}: pairs of lines, names and values, under one heading.
 *
 * <p>Names differ from kernel to kernel; none is required and unknown ones are kept.
 */
final class Counters {
    private Counters() {}

    /**
     * All counters.
     *
     * @return values by {@code Heading.Name}, e.g. {@code TcpExt.TCPWinProbe}
     */
    static Map<String, Long> parse(String text) {
        Map<String, Long> counters = new LinkedHashMap<>();
        StringTokenizer lines = new StringTokenizer(text, "\n");
        while (lines.hasMoreTokens()) {
            StringTokenizer names = new StringTokenizer(lines.nextToken());
            StringTokenizer values = new StringTokenizer(lines.hasMoreTokens() ? lines.nextToken() : "");
            String heading = names.hasMoreTokens() ? names.nextToken() : "";
            if (!heading.endsWith(":") || !values.hasMoreTokens() || !heading.equals(values.nextToken())) {
                continue;
            }
            String prefix = heading.substring(0, heading.length() - 1) + ".";
            while (names.hasMoreTokens() && values.hasMoreTokens()) {
                counters.put(prefix + names.nextToken(), Long.parseLong(values.nextToken()));
            }
        }
        return counters;
    }
}
