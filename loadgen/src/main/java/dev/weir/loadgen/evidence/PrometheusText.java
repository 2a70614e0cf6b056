package dev.weir.loadgen.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Parser of the Prometheus text format, as far as counters, gauges and buckets of histograms need it. */
final class PrometheusText {
    private static final List<String> PREFIXES = List.of("weir_", "centrifugo_");

    private PrometheusText() {}

    /**
     * One line.
     *
     * @param name name as it stands in the text
     * @param labels labels by name, sorted
     */
    record Sample(String name, Map<String, String> labels, double value) {
        /** The name without the gateway's prefix and without the {@code _total} that the format adds to counters. */
        String plainName() {
            String plain = name;
            for (String prefix : PREFIXES) {
                if (plain.startsWith(prefix)) {
                    plain = plain.substring(prefix.length());
                }
            }
            return plain.endsWith("_total") ? plain.substring(0, plain.length() - "_total".length()) : plain;
        }
    }

    /** All samples; comments and lines of another form are skipped. */
    static List<Sample> parse(String text) {
        List<Sample> samples = new ArrayList<>();
        text.lines().forEach(line -> sample(line.strip()).ifPresent(samples::add));
        return samples;
    }

    private static Optional<Sample> sample(String line) {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return Optional.empty();
        }
        Map<String, String> labels = new TreeMap<>();
        int brace = line.indexOf('{');
        int space = line.indexOf(' ');
        int valueFrom = space;
        String name;
        if (brace >= 0 && (space < 0 || brace < space)) {
            name = line.substring(0, brace);
            valueFrom = labels(line, brace + 1, labels);
        } else if (space > 0) {
            name = line.substring(0, space);
        } else {
            return Optional.empty();
        }
        return valueFrom < 0
                ? Optional.empty()
                : value(line.substring(valueFrom)).map(v -> new Sample(name, labels, v));
    }

    /** Reads labels from {@code at} and returns where the closing brace ends, -1 when there is none. */
    private static int labels(String line, int at, Map<String, String> into) {
        int i = at;
        while (i < line.length() && line.charAt(i) != '}') {
            int equals = line.indexOf("=\"", i);
            if (equals < 0) {
                return -1;
            }
            StringBuilder value = new StringBuilder();
            int end = equals + 2;
            while (end < line.length() && line.charAt(end) != '"') {
                if (line.charAt(end) == '\\' && end + 1 < line.length()) {
                    end++;
                    value.append(line.charAt(end) == 'n' ? '\n' : line.charAt(end));
                } else {
                    value.append(line.charAt(end));
                }
                end++;
            }
            into.put(line.substring(i, equals).strip(), value.toString());
            i = end + 1;
            while (i < line.length() && (line.charAt(i) == ',' || line.charAt(i) == ' ')) {
                i++;
            }
        }
        return i < line.length() ? i + 1 : -1;
    }

    private static Optional<Double> value(String text) {
        String word = text.strip().split("\\s+", -1)[0];
        try {
            return Optional.of(
                    switch (word) {
                        case "+Inf" -> Double.POSITIVE_INFINITY;
                        case "-Inf" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(word);
                    });
        } catch (NumberFormatException notNumeric) {
            return Optional.empty();
        }
    }
}
