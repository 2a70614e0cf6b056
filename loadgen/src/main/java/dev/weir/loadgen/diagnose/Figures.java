package dev.weir.loadgen.diagnose;

import java.util.Locale;

/** Numbers as sentences quote them. */
final class Figures {
    private Figures() {}

    /** {@code 4,987}. */
    static String count(double value) {
        return count(Math.round(value));
    }

    /** {@code 4,987}. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 3.0 s}, {@code 180 s}, {@code 250 ms}. */
    static String time(double millis) {
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        return String.format(Locale.ROOT, millis < 99_950 ? "%.1f s" : "%.0f s", millis / 1_000);
    }

    /** {@code 812 B}, {@code 27.1 MB}: decimal units. */
    static String bytes(double bytes) {
        if (bytes < 1_000) {
            return String.format(Locale.ROOT, "%.0f B", bytes);
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes / 1_000;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** {@code 93 %}. */
    static String share(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
