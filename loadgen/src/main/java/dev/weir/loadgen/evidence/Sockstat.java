package dev.weir.loadgen.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parser of {@code /proc/net/sockstat}.
 *
 * <p><b>Source:</b> net/ipv4/proc.c: {@code inuse} and {@code tw} belong to the network namespace, {@code orphan}, {@code alloc} and {@code mem}
 * (pages) to the whole host.
 */
final class Sockstat {
    private Sockstat() {}

    /** The {@code TCP:} line by name: {@code inuse orphan tw alloc mem}; empty when there is none. */
    static Map<String, Long> parseTcp(String text) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("TCP:")) {
                String[] words = line.trim().split("\\s+", -1);
                Map<String, Long> values = new LinkedHashMap<>();
                for (int i = 1; i + 1 < words.length; i += 2) {
                    values.put(words[i], Long.parseLong(words[i + 1]));
                }
                return values;
            }
        }
        return Map.of();
    }
}
