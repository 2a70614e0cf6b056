package dev.weir.gateway.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the known name that a mistyped one was probably meant to be. */
final class NearestKey {
    private NearestKey() {}

    /** The known name with the fewest single-character edits from {@code typed}; the first of equals. */
    static String of(String typed, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> edits(typed, candidate)))
                .orElseThrow();
    }

    /** Levenshtein's distance, one row at a time. */
    private static int edits(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
