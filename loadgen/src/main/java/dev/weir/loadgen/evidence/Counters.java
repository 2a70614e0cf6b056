package dev.weir.loadgen.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

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
        String[] lines = text.split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            String[] names = lines[i].trim().split("\\s+", -1);
            String[] values = lines[i + 1].trim().split("\\s+", -1);
            if (!names[0].endsWith(":") || !names[0].equals(values[0])) {
                continue;
            }
            String heading = names[0].substring(0, names[0].length() - 1);
            for (int column = 1; column < Math.min(names.length, values.length); column++) {
                counters.put(heading + "." + names[column], Long.parseLong(values[column]));
            }
        }
        return counters;
    }
}
