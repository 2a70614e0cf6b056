package dev.weir.loadgen.plan;

import java.util.Locale;

/** Numbers as sentences quote them. */
final class Words {
    private Words() {}

    /** {@code 4,987}. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 812 MB}, {@code 27.1 GB}: decimal units. */
    static String bytes(long bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%,.0f MB", (double) bytes / 1e6)
                : String.format(Locale.ROOT, "%,.1f GB", (double) bytes / 1e9);
    }

    /** {@code 1 worker}, {@code 16 workers}. */
    static String plural(long value, String one) {
        return count(value) + " " + (value == 1 ? one : one.endsWith("s") ? one + "es" : one + "s");
    }
}
