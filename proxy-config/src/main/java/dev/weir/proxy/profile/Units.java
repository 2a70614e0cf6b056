package dev.weir.proxy.profile;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Sizes and times as nginx writes them.
 *
 * <p><b>Source:</b> nginx.org, "Configuration file measurement units".
 */
public final class Units {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
    private static final Pattern TIME_PART = Pattern.compile("(\\d{1,12})(ms|s|m|h|d|w)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);

    private Units() {}

    /** Bytes of {@code 4096}, {@code 4k}, {@code 2m} or {@code 1g}; empty when it is no size. */
    public static OptionalLong bytes(String text) {
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            return OptionalLong.empty();
        }
        var number = Long.parseLong(match.group(1));
        return OptionalLong.of(
                switch (match.group(2)) {
                    case "k", "K" -> number << 10;
                    case "m", "M" -> number << 20;
                    case "g", "G" -> number << 30;
                    default -> number;
                });
    }

    /** The shortest way to write a number of bytes: {@code 64k} for 65,536. */
    public static String size(long bytes) {
        if (bytes > 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "m";
        }
        return bytes > 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "k" : Long.toString(bytes);
    }

    /**
     * Milliseconds of {@code 180s}, {@code 1m30s} or {@code 500ms}; empty when it is no time.
     *
     * <p>A number without a unit means seconds to nginx, and is read so here, since files are edited by hand.
     */
    public static OptionalLong millis(String text) {
        if (SECONDS.matcher(text).matches()) {
            return OptionalLong.of(Long.parseLong(text) * 1_000);
        }
        var match = TIME_PART.matcher(text);
        var end = 0;
        var sum = 0L;
        while (match.find() && match.start() == end) {
            sum += Long.parseLong(match.group(1)) * MILLIS.getOrDefault(match.group(2), 0L);
            end = match.end();
        }
        return end == 0 || end != text.length() ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    /** Whether a time is a bare number, which nginx reads as seconds. */
    static boolean withoutUnit(String text) {
        return SECONDS.matcher(text).matches();
    }

    /** The shortest way to write a time: {@code 2h}, {@code 90s}, {@code 1500ms}. */
    public static String time(long millis) {
        if (millis % 1_000 != 0 || millis == 0) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        return millis % 3_600_000 == 0 ? millis / 3_600_000 + "h" : millis / 1_000 + "s";
    }
}
