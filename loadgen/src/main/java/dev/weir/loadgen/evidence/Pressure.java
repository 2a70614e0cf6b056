package dev.weir.loadgen.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

/** Parser of {@code /proc/pressure/*}. <b>Source:</b> Documentation/accounting/psi.rst. */
final class Pressure {
    private Pressure() {}

    /**
     * Parses {@code some avg10=0.00 … total=0} and {@code full …}.
     *
     * @return by {@code some.total} in microseconds and {@code some.avg10} in percent, likewise {@code full}
     */
    static Map<String, Double> parse(String text) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String line : text.strip().split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                if (equals > 0) {
                    values.put(
                            words[0] + "." + words[i].substring(0, equals),
                            Double.parseDouble(words[i].substring(equals + 1)));
                }
            }
        }
        return values;
    }
}
