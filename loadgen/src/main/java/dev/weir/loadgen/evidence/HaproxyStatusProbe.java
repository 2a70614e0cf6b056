package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** HAProxy's own figures of its process, from its Prometheus page. */
final class HaproxyStatusProbe implements Probe {
    private static final Map<String, String> KEPT = Map.of(
            "haproxy_process_current_connections", "active",
            "haproxy_process_max_connections", "maxconn",
            "haproxy_process_max_fds", "descriptors.max",
            "haproxy_process_maxconn_reached_total", "maxconn.reached");

    private final String hop;
    private final URI uri;

    HaproxyStatusProbe(String hop, URI uri) {
        this.hop = hop;
        this.uri = uri;
    }

    @Override
    public String hop() {
        return hop;
    }

    @Override
    public String name() {
        return "haproxy-status";
    }

    @Override
    public List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (PrometheusText.Sample sample : PrometheusText.parse(SmallPage.text(uri))) {
            String key = KEPT.get(sample.name());
            if (key != null) {
                readings.add(new Reading(hop, name(), key, "1", sample.value()));
            }
        }
        if (readings.isEmpty()) {
            throw new IOException(uri + " is not HAProxy's page of metrics");
        }
        return readings;
    }
}
