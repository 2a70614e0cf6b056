package dev.weir.loadgen.units;

import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads thresholds: {@code p(99)<500ms} (deliveries), {@code connect p(99)<1s}, {@code deliver max<2s}, {@code lost<1}. */
public final class Thresholds {
    private static final Pattern LATENCY =
            Pattern.compile("(?:(connect|deliver)\\s+)?(?:p\\((10|50|90|99|99\\.9)\\)|(max))\\s*<\\s*(\\S+)");
    private static final Pattern INTERFACE =
            Pattern.compile("(?:([a-z]+)\\s+)?(?:p\\(?(10|50|90|99|99\\.9)\\)?|(max))\\s*<\\s*(\\S+)");
    private static final Pattern COUNT = Pattern.compile("(failed|closed|lost|duplicated|reordered)\\s*<\\s*(\\S+)");
    private static final double MAX = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private Thresholds() {}

    /** A threshold of traffic: {@code p(99)<100ms} for the worst of all interfaces, {@code rpc p(99)<50ms} for one of them. */
    public static Threshold ofTraffic(String key, String text) {
        Matcher latency = INTERFACE.matcher(text.strip().toLowerCase(Locale.ROOT));
        Optional<Operation> operation =
                latency.matches() ? Optional.ofNullable(latency.group(1)).flatMap(Operation::named) : Optional.empty();
        if (!latency.matches() || (latency.group(1) != null && operation.isEmpty())) {
            List<String> names =
                    Arrays.stream(Operation.values()).map(Operation::id).toList();
            throw new UnitException(
                    key, "be such as 'p(99)<100ms' (also p(50) p(90) p(99.9) max), or of one of " + names, text);
        }
        double percentile = latency.group(2) == null ? MAX : Double.parseDouble(latency.group(2));
        return new Threshold.OfInterface(text, operation, percentile, millis(key, latency.group(4)));
    }

    private static double millis(String key, String time) {
        return Units.time(key, time).toNanos() / NANOS_PER_MILLI;
    }

    /** One threshold. */
    public static Threshold threshold(String key, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher latency = LATENCY.matcher(lower);
        if (latency.matches()) {
            double percentile = latency.group(3) == null ? Double.parseDouble(latency.group(2)) : MAX;
            Threshold.Latency which =
                    "connect".equals(latency.group(1)) ? Threshold.Latency.CONNECT : Threshold.Latency.DELIVER;
            return new Threshold.OfLatency(text, which, percentile, millis(key, latency.group(4)));
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
