package dev.weir.gateway.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with units, as every command of Weir reads and prints them.
 *
 * <p>Counts: {@code 15k} = 15,000 and {@code 1m} = 1,000,000. Sizes as nginx has them: {@code 64k} = 65,536. Times need a unit.
 * Rates: {@code 500/s}, {@code 1k/s}.
 *
 * <p><b>Threading:</b> pure functions.
 */
final class Units {
    private static final Pattern COUNT = Pattern.compile("(\\d{1,12})([km]?)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmg]?)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, Long> COUNT_FACTORS = Map.of("", 1L, "k", 1_000L, "m", 1_000_000L);
    private static final Map<String, Long> SIZE_FACTORS = Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);
    private static final Map<String, Long> TIME_MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    private Units() {}

    static OptionalLong count(String text) {
        return scaled(COUNT, COUNT_FACTORS, text);
    }

    static OptionalLong size(String text) {
        return scaled(SIZE, SIZE_FACTORS, text.toLowerCase(Locale.ROOT));
    }

    static OptionalLong ratePerSecond(String text) {
        return text.endsWith("/s") ? count(text.substring(0, text.length() - 2)) : OptionalLong.empty();
    }

    /** Reads a time; {@code 0} alone is read as zero, and whether it is allowed is the setting's own matter. */
    static Optional<Duration> time(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        OptionalLong millis = scaled(TIME, TIME_MILLIS, text);
        return millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty();
    }

    static String countText(long count) {
        if (count > 0 && count % 1_000_000 == 0) {
            return count / 1_000_000 + "m";
        }
        return count > 0 && count % 1_000 == 0 ? count / 1_000 + "k" : Long.toString(count);
    }

    static String sizeText(long bytes) {
        if (bytes > 0 && bytes % (1 << 20) == 0) {
            return bytes / (1 << 20) + "m";
        }
        return bytes > 0 && bytes % (1 << 10) == 0 ? bytes / (1 << 10) + "k" : Long.toString(bytes);
    }

    static String timeText(Duration time) {
        long millis = time.toMillis();
        if (millis == 0) {
            return "0";
        }
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1_000 + "s";
    }

    private static OptionalLong scaled(Pattern pattern, Map<String, Long> factors, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long factor = factors.getOrDefault(matcher.group(2), 1L);
        return OptionalLong.of(Long.parseLong(matcher.group(1)) * factor);
    }
}
