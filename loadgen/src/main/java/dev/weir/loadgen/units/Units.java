package dev.weir.loadgen.units;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers with units. Each method takes the key that was set, for its error.
 *
 * <p><b>Example:</b> {@code Units.count("-c", "15k")} is 15,000; {@code Units.size("--payload", "64k")} is 65,536.
 */
public final class Units {
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)([a-z]*)");

    private static final Map<String, Long> COUNTS = Map.of("", 1L, "k", 1_000L, "m", 1_000_000L);

    /** As nginx has them. */
    private static final Map<String, Long> SIZES = Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    private static final Map<String, Long> TIMES_NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            86_400_000_000_000L);

    private Units() {}

    /** A count: {@code 500}, {@code 15k}, {@code 1.5m}. */
    public static long count(String key, String text) {
        return whole(key, "be a count such as 500, 15k or 1m", text, COUNTS);
    }

    /** A count that an array can have. */
    public static int smallCount(String key, String text) {
        long count = count(key, text);
        if (count > Integer.MAX_VALUE) {
            throw new UnitException(key, "be at most " + Integer.MAX_VALUE, text);
        }
        return (int) count;
    }

    /** A size in bytes: {@code 512}, {@code 64k}, {@code 2m}. */
    public static long size(String key, String text) {
        return whole(key, "be a size such as 512, 64k or 2m", text, SIZES);
    }

    /** A time: {@code 250ms}, {@code 5m}; several parts add up, {@code 1m30s}. The unit is needed, except for 0. */
    public static Duration time(String key, String text) {
        String rule = "be a time with a unit such as 250ms, 30s or 5m";
        String rest = lower(text);
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = NUMBER.matcher(rest);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < rest.length() && part.find(at) && part.start() == at) {
            sum = sum.plusNanos(scaled(key, rule, text, part, TIMES_NANOS).longValue());
            at = part.end();
        }
        if (at == 0 || at < rest.length()) {
            throw new UnitException(key, rule, text);
        }
        return sum;
    }

    /** A rate, in events a second: {@code 5k/s}, {@code 60/m}; without a divisor it is a second's. */
    public static double rate(String key, String text) {
        String rule = "be a rate such as 100/s, 5k/s or 60/m";
        String[] parts = lower(text).split("/", -1);
        if (parts.length > 2) {
            throw new UnitException(key, rule, text);
        }
        double seconds =
                switch (parts.length == 1 ? "s" : parts[1]) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> 3_600;
                    default -> throw new UnitException(key, rule, text);
                };
        return scaled(key, rule, text, parts[0], COUNTS).doubleValue() / seconds;
    }

    /** A rate of bytes a second: {@code 1k/s} is 1,024. */
    public static long byteRate(String key, String text) {
        String rule = "be bytes a second such as 512/s or 64k/s";
        String rest = lower(text);
        String bytes = rest.endsWith("/s") ? rest.substring(0, rest.length() - 2) : rest;
        return scaled(key, rule, text, bytes, SIZES).longValue();
    }

    /** A share: {@code 0.1} or {@code 10%}. */
    public static double share(String key, String text) {
        String rule = "be a share within 0 to 1, or a percentage";
        boolean isPercent = text.endsWith("%");
        String number = isPercent ? text.substring(0, text.length() - 1) : text;
        double share = scaled(key, rule, text, number, Map.of("", 1L)).doubleValue() / (isPercent ? 100 : 1);
        if (share > 1) {
            throw new UnitException(key, rule, text);
        }
        return share;
    }

    private static long whole(String key, String rule, String text, Map<String, Long> units) {
        BigDecimal value = scaled(key, rule, text, lower(text), units);
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new UnitException(key, rule, text);
        }
    }

    private static BigDecimal scaled(String key, String rule, String text, String number, Map<String, Long> units) {
        Matcher matcher = NUMBER.matcher(number);
        if (!matcher.matches()) {
            throw new UnitException(key, rule, text);
        }
        return scaled(key, rule, text, matcher, units);
    }

    private static BigDecimal scaled(String key, String rule, String text, Matcher matched, Map<String, Long> units) {
        Long unit = units.get(matched.group(2));
        if (unit == null) {
            throw new UnitException(key, rule, text);
        }
        return new BigDecimal(matched.group(1)).multiply(BigDecimal.valueOf(unit));
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
