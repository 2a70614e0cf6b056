package dev.weir.gateway.api;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.weir.gateway.server.Hub;
import dev.weir.gateway.server.HubStats;
import dev.weir.gateway.server.RoundTrips;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The gateway's series, all of one scrape from one {@link HubStats}, under the names that users of the protocol have dashboards for.
 *
 * <p>Counters are shown as untyped: the Prometheus client appends {@code _total} to whatever is typed a counter, and
 * {@code node_messages_sent_count_total} is a name no dashboard knows. {@code rate()} works on both.
 *
 * <p><b>Threading:</b> any thread; listing open descriptors blocks for milliseconds when there are many.
 */
final class NodeCollector implements MultiCollector {
    private static final Labels WEBSOCKET = Labels.of("transport", "websocket");

    private final String prefix;
    private final Node node;
    private final Supplier<Readiness> readiness;

    NodeCollector(String prefix, Node node, Supplier<Readiness> readiness) {
        this.prefix = prefix;
        this.node = node;
        this.readiness = readiness;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        readiness.get().connections().map(Hub::stats).ifPresent(stats -> {
            gauges(all, stats);
            counters(all, stats);
        });
        process(all);
        return all.build();
    }

    private void gauges(MetricSnapshots.Builder all, HubStats stats) {
        all.metricSnapshot(gauge("node_num_clients", "Connections past the connect command", stats.clients()));
        all.metricSnapshot(gauge("node_num_users", "Users with a connection", ApiService.users(stats)));
        all.metricSnapshot(gauge("node_num_subscriptions", "Subscriptions", stats.subscriptions()));
        all.metricSnapshot(gauge("node_num_channels", "Channels with a subscriber", stats.channels()));
        all.metricSnapshot(gauge("node_num_nodes", "Nodes that share their channels", 1));
        all.metricSnapshot(GaugeSnapshot.builder()
                .name(prefix + "client_connections_inflight")
                .help("Sockets open, handshakes included")
                .dataPoint(gaugePoint(WEBSOCKET, stats.connectionsInflight()))
                .build());
        all.metricSnapshot(gauge("queued_bytes", "Bytes that the kernel has not taken", stats.queuedBytes()));
        all.metricSnapshot(gauge(
                "event_loop_delay_millis_max",
                "Longest delay of an event loop's own timer in the last ten seconds",
                stats.loopDelayMillisMax()));
        all.metricSnapshot(gauge(
                "client_ping_pong_millis_max",
                "Longest time from a ping to its pong in the last ten seconds",
                stats.pingPongMillisMax()));
        all.metricSnapshot(HistogramSnapshot.builder()
                .name(prefix + "client_ping_pong_duration_seconds")
                .help("Time from a ping to its pong")
                .dataPoint(pingPongs(stats.pingPongs()))
                .build());
    }

    private static HistogramDataPointSnapshot pingPongs(RoundTrips of) {
        List<Double> bounds = new ArrayList<>();
        RoundTrips.BOUNDS_MILLIS.forEach(millis -> bounds.add(millis / 1e3));
        bounds.add(Double.POSITIVE_INFINITY);
        return HistogramDataPointSnapshot.builder()
                .labels(WEBSOCKET)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, of.counts()))
                .sum(of.sumMillis() / 1e3)
                .build();
    }

    private void counters(MetricSnapshots.Builder all, HubStats stats) {
        all.metricSnapshot(
                counter("node_messages_sent_count", "Replies and pushes handed to sockets", stats.messagesSent()));
        all.metricSnapshot(counter("node_messages_received_count", "Commands received", stats.messagesReceived()));
        all.metricSnapshot(counter("client_connections_accepted", "Connections accepted", WEBSOCKET, stats.accepted()));
        all.metricSnapshot(
                counter("transport_messages_sent", "Replies and pushes sent", WEBSOCKET, stats.messagesSent()));
        all.metricSnapshot(
                counter("transport_messages_sent_size", "Frame bytes handed to sockets", WEBSOCKET, stats.bytesSent()));
        all.metricSnapshot(
                counter("transport_messages_received", "Commands received", WEBSOCKET, stats.messagesReceived()));
        all.metricSnapshot(counter(
                "transport_messages_received_size", "Payload bytes received", WEBSOCKET, stats.bytesReceived()));
        long closes =
                stats.disconnects().values().stream().mapToLong(Long::longValue).sum();
        all.metricSnapshot(counter("transport_outgoing_close_count", "Closes begun by this side", WEBSOCKET, closes));
        all.metricSnapshot(counters(
                "client_num_server_disconnects",
                "Closes begun by this side, by close code",
                "code",
                stats.disconnects()));
        all.metricSnapshot(counters("client_num_reply_errors", "Error replies, by code", "code", stats.errors()));
        all.metricSnapshot(counter(
                "dropped_messages_count", "Pushes dropped by the slow-consumer policy", stats.droppedMessages()));
        all.metricSnapshot(counters("refused_count", "Connections refused, by reason", "reason", stats.refused()));
    }

    private void process(MetricSnapshots.Builder all) {
        all.metricSnapshot(GaugeSnapshot.builder()
                .name(prefix + "build")
                .help("Always 1; the version is its label")
                .dataPoint(gaugePoint(Labels.of("version", node.version()), 1))
                .build());
        all.metricSnapshot(gauge("uptime_seconds", "Seconds since start", node.uptimeSeconds()));
        Runtime runtime = Runtime.getRuntime();
        all.metricSnapshot(gauge(
                "heap_used_bytes", "Java heap in use, garbage included", runtime.totalMemory() - runtime.freeMemory()));
        all.metricSnapshot(gauge("heap_max_bytes", "Largest Java heap", runtime.maxMemory()));
        CollectedHeap.bytes()
                .ifPresent(left -> all.metricSnapshot(
                        gauge("heap_after_gc_bytes", "Java heap in use after the last collection", left)));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            all.metricSnapshot(gauge(
                    "process_open_descriptors",
                    "Open descriptors in the process's first descriptor table",
                    system.getOpenFileDescriptorCount()));
            all.metricSnapshot(
                    gauge("process_descriptor_limit", "Limit on open descriptors", system.getMaxFileDescriptorCount()));
            all.metricSnapshot(counter(
                    "process_cpu_millis", "CPU time used by the process", system.getProcessCpuTime() / 1_000_000));
        }
    }

    private GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(prefix + name)
                .help(help)
                .dataPoint(gaugePoint(Labels.EMPTY, value))
                .build();
    }

    private static GaugeDataPointSnapshot gaugePoint(Labels labels, long value) {
        return GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }

    private UnknownSnapshot counter(String name, String help, long value) {
        return counter(name, help, Labels.EMPTY, value);
    }

    private UnknownSnapshot counter(String name, String help, Labels labels, long value) {
        return UnknownSnapshot.builder()
                .name(prefix + name)
                .help(help)
                .dataPoint(counterPoint(labels, value))
                .build();
    }

    private UnknownSnapshot counters(String name, String help, String label, Map<?, Long> values) {
        UnknownSnapshot.Builder snapshot =
                UnknownSnapshot.builder().name(prefix + name).help(help);
        values.forEach((key, value) -> snapshot.dataPoint(counterPoint(Labels.of(label, key.toString()), value)));
        return snapshot.build();
    }

    private static UnknownDataPointSnapshot counterPoint(Labels labels, long value) {
        return UnknownDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }
}
