package dev.weir.loadgen.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Parser of {@code /proc/net/dev}.
 *
 * @param name of the interface
 * @param receivedBytes since boot
 * @param sentBytes since boot
 * @param dropped packets of both directions that were dropped or had errors
 */
record NetDev(String name, long receivedBytes, long sentBytes, long dropped) {
    private static final int COLUMNS = 16;

    static List<NetDev> parse(String text) {
        List<NetDev> devices = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            String[] values = colon < 0
                    ? new String[0]
                    : line.substring(colon + 1).strip().split("\\s+", -1);
            if (values.length >= COLUMNS) {
                long dropped = number(values, 2) + number(values, 3) + number(values, 10) + number(values, 11);
                devices.add(
                        new NetDev(line.substring(0, colon).strip(), number(values, 0), number(values, 8), dropped));
            }
        }
        return devices;
    }

    private static long number(String[] values, int column) {
        return Long.parseLong(values[column]);
    }
}
