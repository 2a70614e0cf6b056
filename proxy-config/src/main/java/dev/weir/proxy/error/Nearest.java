package dev.weir.proxy.error;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known name that a mistyped one was most probably meant to be. */
public final class Nearest {

    private Nearest() {}

    /**
     * The remedy that names the known name nearest to a mistyped one.
     *
     * @param typed what was typed
     * @param known names to choose from; empty gives an empty remedy
     * @return {@code "; nearest is <name>"}, or all names when none is near
     */
    public static String remedy(String typed, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(typed, name)))
                .map(name -> distance(typed, name) <= Math.max(2, name.length() / 2)
                        ? "; nearest is " + name
                        : "; known are " + String.join(", ", known))
                .orElse("");
    }

    /** Levenshtein distance: insertions, deletions and replacements of one character. */
    static int distance(String left, String right) {
        var previous = new int[right.length() + 1];
        for (var column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (var row = 1; row <= left.length(); row++) {
            var current = new int[right.length() + 1];
            current[0] = row;
            for (var column = 1; column <= right.length(); column++) {
                var replaced = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
