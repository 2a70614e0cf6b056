package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a proxy's memory goes, by knob: {@code proxy-oom --matrix}. Each variant is one row of the table: the same readers, the same messages, one setting that differs.
 *
 * <p>First all readers read as much as the chain carries, which shows what the setting costs; then all of them stop, and are sent more than every buffer
 * on the way holds. There is no limit of memory: what would be killed shows how much it wanted.
 *
 * <p><b>Source:</b> field report B, step 5, which held {@code proxy_buffers} responsible.
 */
public record ProxyMemory() implements Scenario {
    /** The phase that shows throughput and cost. */
    public static final String STREAM = "stream";

    private static final int CONNECTIONS = 30;
    private static final String ROOM = "room-0";
    private static final int STREAM_BYTES = 24 << 20;
    /** More than two proxies' and a gateway's queues hold for a connection with the kernel's own sizes. */
    private static final int FLOOD_BYTES = 32 << 20;

    private static final int PAYLOAD_BYTES = 32 << 10;
    private static final int SMALL_PAYLOAD_BYTES = 4 << 10;
    private static final double STREAM_BYTES_PER_SECOND = 16 << 20;
    private static final double FLOOD_BYTES_PER_SECOND = 16 << 20;
    private static final double MESSAGES_PER_SECOND_MAX = 1_000;
    /** Memory is read every fifth second: long enough that the last reading is of what the flood has left. */
    private static final Duration AFTER = Duration.ofSeconds(7);

    private static final String SMALL_MESSAGES = "messages-4k";
    private static final String ONE_HOP = "one-hop";

    private static final Map<String, String> UNSENT = Map.of("net.ipv4.tcp_notsent_lowat", Integer.toString(16 << 10));
    private static final Map<String, String> SMALL_QUEUES =
            Map.of("net.ipv4.tcp_rmem", "4096 16384 65536", "net.ipv4.tcp_wmem", "4096 16384 65536");

    /** What readers themselves have unread would be ten megabytes of each, and none of a proxy's. */
    private static final HopNetwork READERS =
            HopNetwork.PLAIN.withSysctls(Map.of("net.ipv4.tcp_rmem", "4096 131072 262144"));

    /**
     * What differs in a row.
     *
     * @param says in one line
     * @param settings of the hops
     * @param sysctls in the network namespaces of proxies and gateway
     */
    private record Row(String says, Map<String, String> settings, Map<String, String> sysctls) {}

    private static final Map<String, Row> ROWS = rows();

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("plain", new Row("nginx as it comes, edge and ingress", Map.of(), Map.of()));
        rows.put("buffering-off", both("proxy_buffering", "off"));
        rows.put("buffers-64x64k", both("proxy_buffers", "64 64k"));
        rows.put("buffer-64k", both("proxy_buffer_size", "64k"));
        rows.put("buffer-2m", both("proxy_buffer_size", "2m"));
        rows.put(SMALL_MESSAGES, new Row("messages of 4 KB instead of 32", Map.of(), Map.of()));
        rows.put("sndbuf-16k", both("sndbuf", "16k"));
        rows.put("notsent-lowat", new Row("tcp_notsent_lowat 16384", Map.of(), UNSENT));
        rows.put("rmem-wmem-64k", new Row("tcp_rmem and tcp_wmem at most 64k", Map.of(), SMALL_QUEUES));
        rows.put(
                "all-small",
                new Row(
                        "sndbuf 16k, tcp_notsent_lowat and small tcp_rmem, tcp_wmem",
                        both("sndbuf", "16k").settings(),
                        together(UNSENT, SMALL_QUEUES)));
        rows.put(ONE_HOP, new Row("nginx as it comes, edge alone", Map.of(), Map.of()));
        rows.put(ONE_HOP + "-notsent-lowat", new Row("the same, tcp_notsent_lowat 16384", Map.of(), UNSENT));
        Map<String, String> haproxy = Map.of("edge.kind", "haproxy");
        rows.put("haproxy", new Row("HAProxy as edge, nginx as ingress", haproxy, Map.of()));
        rows.put("haproxy-notsent-lowat", new Row("the same, tcp_notsent_lowat 16384", haproxy, UNSENT));
        rows.put("haproxy-" + ONE_HOP, new Row("HAProxy as edge alone", haproxy, Map.of()));
        return rows;
    }

    private static Row both(String setting, String value) {
        return new Row(
                setting + " " + value + " at edge and ingress",
                Map.of("edge." + setting, value, "ingress." + setting, value),
                Map.of());
    }

    private static Map<String, String> together(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new TreeMap<>(one);
        all.putAll(other);
        return Map.copyOf(all);
    }

    @Override
    public String name() {
        return new ProxyOom().name();
    }

    @Override
    public String says() {
        return "where a proxy's memory goes when readers stop, by knob";
    }

    @Override
    public String report() {
        return new ProxyOom().report();
    }

    @Override
    public String fix() {
        return new ProxyOom().fix();
    }

    @Override
    public List<Variant> variants() {
        return ROWS.entrySet().stream()
                .map(row -> new Variant(row.getKey(), row.getValue().says(), Expected.PROMISES_HELD))
                .toList();
    }

    /** What comes first and what bounds it most. */
    @Override
    public List<Variant> pair() {
        return variants().stream()
                .filter(variant ->
                        variant.name().equals("plain") || variant.name().equals("all-small"))
                .toList();
    }

    @Override
    public Plan plan(Variant variant, Wish wish) {
        Row row = Optional.ofNullable(ROWS.get(variant.name())).orElseThrow();
        int connections = wish.connections().orElse(CONNECTIONS);
        Map<String, String> settings = new TreeMap<>(Map.of(
                "edge.worker_processes", "1",
                "ingress.worker_processes", "1",
                // Neither the gateway nor a timer ends a connection before it is measured.
                "gateway.slow_consumer_bytes", "64m",
                "gateway.ping_interval", "10m",
                "edge.send_timeout", "5m",
                "ingress.send_timeout", "5m"));
        if (row.settings().containsKey("edge.kind")) {
            // HAProxy has threads, and its names for the rest.
            settings.remove("edge.worker_processes");
            settings.remove("edge.send_timeout");
        }
        settings.putAll(row.settings());
        Chain asked = Chain.of(wish, connections, "stock", settings);
        Chain chain = (variant.name().contains(ONE_HOP) ? asked.withoutIngress() : asked)
                .in(Surroundings.NONE.on(network(row.sysctls())));
        return new Plan(
                chain,
                connections,
                1,
                false,
                true,
                steps(payloadBytes(variant.name())),
                variant.expected(),
                Optional.empty());
    }

    /** Of each message in a row of that name. */
    public static int payloadBytes(String variant) {
        return variant.equals(SMALL_MESSAGES) ? SMALL_PAYLOAD_BYTES : PAYLOAD_BYTES;
    }

    /** A namespace for each hop in every row, so that rows differ in what they say and in nothing else. */
    private static Network network(Map<String, String> sysctls) {
        HopNetwork tuned = HopNetwork.PLAIN.withSysctls(sysctls);
        return new Network.Namespaces(
                Map.of("agents", READERS, "edge", tuned, "ingress", tuned, "gateway", tuned), Optional.empty());
    }

    private static List<Step> steps(int payload) {
        return List.of(
                new Step.Ramp("ramp", 0),
                new Step.Broadcast(Phase.WARM_UP, ROOM, 20, payload, 20, Duration.ofSeconds(5)),
                new Step.Stream(
                        STREAM,
                        ROOM,
                        STREAM_BYTES / payload,
                        payload,
                        Math.min(MESSAGES_PER_SECOND_MAX, STREAM_BYTES_PER_SECOND / payload),
                        Duration.ofSeconds(20)),
                new Step.Readers("stall", 1, 0, 0),
                new Step.Broadcast(
                        "flood",
                        ROOM,
                        FLOOD_BYTES / payload,
                        payload,
                        Math.min(MESSAGES_PER_SECOND_MAX, FLOOD_BYTES_PER_SECOND / payload),
                        Duration.ofSeconds(2)),
                new Step.Hold("after", AFTER));
    }
}
