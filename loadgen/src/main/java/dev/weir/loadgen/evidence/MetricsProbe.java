package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A gateway's own metrics, under the names that users of the protocol know, whatever their prefix; and how long the page took to come.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class MetricsProbe implements Probe {
    private static final String NAME = "gateway";
    /** Names without prefix and {@code _total} that are kept. */
    private static final List<String> KEPT = List.of(
            "node_num_clients",
            "node_num_subscriptions",
            "node_num_channels",
            "client_num_server_disconnects",
            "client_num_reply_errors",
            "client_connections_accepted",
            "client_connections_inflight",
            "heap_used_bytes");
    /** Parts of names that are kept wherever they stand: their first word differs between versions. */
    private static final List<String> KEPT_PARTS = List.of(
            "queued_bytes",
            "refused",
            "loop_delay",
            "dropped_messages",
            "messages_sent_count",
            "parked_bytes",
            "ping_pong_millis",
            "ping_pong_duration_seconds_bucket");

    private final String hop;
    private final URI uri;
    private final TeardownWatch teardown = new TeardownWatch();

    MetricsProbe(String hop, URI uri) {
        this.hop = hop;
        this.uri = uri;
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Reading> read() throws IOException {
        long start = System.nanoTime();
        List<Reading> readings = new ArrayList<>();
        try {
            List<PrometheusText.Sample> samples = PrometheusText.parse(SmallPage.text(uri));
            readings.addAll(readings(hop, samples));
            readings.addAll(GatewayHeap.readings(hop, NAME, samples));
        } finally {
            long now = System.nanoTime();
            double late = (now - start) / 1e6;
            teardown.look(now, value(readings, "node_num_clients").orElse(-1), Math.max(late, loopDelay(readings)));
        }
        readings.add(new Reading(hop, NAME, "answer", "ms", (System.nanoTime() - start) / 1e6));
        readings.addAll(teardown.readings(hop, NAME));
        return readings;
    }

    private static OptionalDouble value(List<Reading> readings, String key) {
        return readings.stream()
                .filter(reading -> reading.key().equals(key))
                .mapToDouble(Reading::value)
                .findFirst();
    }

    private static double loopDelay(List<Reading> readings) {
        return readings.stream()
                .filter(reading -> reading.key().contains("loop_delay"))
                .mapToDouble(Reading::value)
                .max()
                .orElse(0);
    }

    /** Kept samples, those that differ only in labels nobody needs added up. */
    static List<Reading> readings(String hop, List<PrometheusText.Sample> samples) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (PrometheusText.Sample sample : samples) {
            String name = sample.plainName();
            if (KEPT.contains(name) || KEPT_PARTS.stream().anyMatch(name::contains)) {
                sums.merge(name + label(sample.labels()), sample.value(), Double::sum);
            }
        }
        List<Reading> readings = new ArrayList<>();
        sums.forEach((key, value) -> readings.add(new Reading(hop, NAME, key, unit(key), value)));
        return readings;
    }

    private static String label(Map<String, String> labels) {
        for (String kept : List.of("code", "reason", "le")) {
            String value = labels.get(kept);
            if (value != null) {
                return "{" + kept + "=" + value + "}";
            }
        }
        return "";
    }

    private static String unit(String key) {
        if (key.contains("bytes")) {
            return "bytes";
        }
        return key.contains("millis") ? "ms" : "1";
    }
}
