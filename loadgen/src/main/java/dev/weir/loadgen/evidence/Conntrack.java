package dev.weir.loadgen.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parsers of what the kernel says of connection tracking in one network namespace.
 *
 * <p><b>Source:</b> net/netfilter/nf_conntrack_standalone.c: one row per processor, hexadecimal; the first column, {@code entries}, is the
 * namespace's whole table in every row.
 */
final class Conntrack {
    /** Counters that are kept, under the kernel's own names. */
    static final List<String> KEPT =
            List.of("insert_failed", "drop", "early_drop", "invalid", "search_restart", "clash_resolve");

    static final String COUNT = "count";

    private Conntrack() {}

    /**
     * Parses {@code /proc/net/stat/nf_conntrack}.
     *
     * @return {@code count}, and the kept counters that this kernel has, added up over the processors; empty for another form
     */
    static Map<String, Long> ofProc(String text) {
        String[] lines = text.strip().split("\n", -1);
        String[] names = lines[0].strip().split("\\s+", -1);
        Map<String, Long> sums = new LinkedHashMap<>();
        if (!names[0].equals("entries") || lines.length < 2) {
            return sums;
        }
        for (int row = 1; row < lines.length; row++) {
            String[] values = lines[row].strip().split("\\s+", -1);
            sums.put(COUNT, Long.parseLong(values[0], 16));
            for (int column = 1; column < Math.min(names.length, values.length); column++) {
                String name = names[column].equals("clashres") ? "clash_resolve" : names[column];
                if (KEPT.contains(name)) {
                    sums.merge(name, Long.parseLong(values[column], 16), Long::sum);
                }
            }
        }
        return sums;
    }

    /** Parses {@code conntrack -S}: {@code cpu=0 found=0 … insert_failed=0 drop=0 …}, added up over the processors. */
    static Map<String, Long> ofTool(String text) {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (String word : text.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0 && KEPT.contains(word.substring(0, equals))) {
                sums.merge(word.substring(0, equals), Long.parseLong(word.substring(equals + 1)), Long::sum);
            }
        }
        return sums;
    }
}
