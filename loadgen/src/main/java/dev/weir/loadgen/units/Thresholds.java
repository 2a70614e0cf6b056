package dev.weir.loadgen.units;

import dev.weir.loadgen.measure.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads thresholds: {@code p(99)<500ms} (deliveries), {@code connect p(99)<1s}, {@code deliver max<2s}, {@code lost<1}. */
public final class Thresholds {
    private static final Pattern LATENCY =
            Pattern.compile("(?:(connect|deliver)\\s+)?(?:p\\((10|50|90|99|99\\.9)\\)|(max))\\s*<\\s*(\\S+)");
    private static final Pattern COUNT = Pattern.compile("(failed|closed|lost|duplicated|reordered)\\s*<\\s*(\\S+)");
    private static final double MAX = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private Thresholds() {}

    /** One threshold. */
    public static Threshold threshold(String key, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher latency = LATENCY.matcher(lower);
        if (latency.matches()) {
            double percentile = latency.group(3) == null ? Double.parseDouble(latency.group(2)) : MAX;
            Threshold.Latency which =
                    "connect".equals(latency.group(1)) ? Threshold.Latency.CONNECT : Threshold.Latency.DELIVER;
            double millis = Units.time(key, latency.group(4)).toNanos() / NANOS_PER_MILLI;
            return new Threshold.OfLatency(text, which, percentile, millis);
        }
        Matcher count = COUNT.matcher(lower);
        if (count.matches()) {
            Threshold.Count which = Threshold.Count.valueOf(count.group(1).toUpperCase(Locale.ROOT));
            return new Threshold.OfCount(text, which, Units.count(key, count.group(2)));
        }
        List<String> counts = Arrays.stream(Threshold.Count.values())
                .map(known -> known.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new UnitException(
                key,
                "be such as 'p(99)<500ms' (also 'connect ', p(10) p(50) p(90) p(99) p(99.9) max), or one of " + counts
                        + " below a count, such as 'lost<1'",
                text);
    }
}
