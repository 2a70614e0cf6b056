package dev.weir.proxy.profile;

import dev.weir.proxy.profile.Place.Haproxy;
import dev.weir.proxy.profile.ValueType.Addresses;
import dev.weir.proxy.profile.ValueType.Choice;
import dev.weir.proxy.profile.ValueType.Count;
import dev.weir.proxy.profile.ValueType.Flag;
import dev.weir.proxy.profile.ValueType.Keepalive;
import dev.weir.proxy.profile.ValueType.Size;
import dev.weir.proxy.profile.ValueType.Time;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be tuned where HAProxy stands, and which settings of nginx mean the same there. Defaults are those of the configuration that
 * Debian ships; maxconn follows from the load, since without it HAProxy takes what its descriptors allow.
 *
 * <p>A profile speaks nginx: a value of it holds at a HAProxy under the name that means the same, and what means nothing there is left out.
 */
public final class HaproxySettings {
    private static final String MANUAL = "docs.haproxy.org/2.6/configuration.html";
    private static final long WEEK_MILLIS = 7 * 86_400_000L;

    private static final List<Setting> ALL = List.of(
            setting(
                    "nbthread",
                    new Count(1, 64),
                    Setting.DERIVED,
                    new Haproxy("global", "nbthread"),
                    "threads that share the connections, all in one process with one limit of descriptors"),
            setting(
                    "maxconn",
                    new Count(1, 4_194_304),
                    Setting.DERIVED,
                    new Haproxy("global", "maxconn"),
                    "WebSockets of the process, one each, two descriptors each; above it clients wait in the backlog"),
            setting(
                    "hard_stop_after",
                    new Time(1_000, WEEK_MILLIS, 1),
                    Setting.NONE,
                    new Haproxy("global", "hard-stop-after"),
                    "after a reload, all WebSockets of the old process are cut at once when this has passed"),
            setting(
                    "bufsize",
                    new Size(1_024, 64 << 20),
                    "16k",
                    new Haproxy("global", "tune.bufsize"),
                    "two buffers a WebSocket while bytes are in flight, given back when empty; holds the handshake"),
            setting(
                    "sndbuf_client",
                    new Size(2_048, 1 << 30),
                    Setting.NONE,
                    new Haproxy("global", "tune.sndbuf.client"),
                    "bounds what the kernel queues for a client that does not read; the kernel doubles it"),
            setting(
                    "rcvbuf_client",
                    new Size(2_048, 1 << 30),
                    Setting.NONE,
                    new Haproxy("global", "tune.rcvbuf.client"),
                    "bounds what the kernel queues from a client; the kernel doubles it"),
            setting(
                    "rcvbuf_server",
                    new Size(2_048, 1 << 30),
                    Setting.NONE,
                    new Haproxy("global", "tune.rcvbuf.server"),
                    "bounds what the kernel queues from the next hop; the kernel doubles it"),
            setting(
                    "timeout_connect",
                    new Time(100, 3_600_000L, 1),
                    "5s",
                    new Haproxy("defaults", "timeout connect"),
                    "how long connecting to the next hop may take; the kernel may give up first"),
            setting(
                    "timeout_http_request",
                    new Time(100, 3_600_000L, 1),
                    "10s",
                    new Haproxy("defaults", "timeout http-request"),
                    "how long a client may take to send its handshake"),
            setting(
                    "timeout_client",
                    new Time(100, WEEK_MILLIS * 4, 1),
                    "50s",
                    new Haproxy("defaults", "timeout client"),
                    "closes a client that neither sent nor took anything for so long; timeout_tunnel replaces it"),
            setting(
                    "timeout_server",
                    new Time(100, WEEK_MILLIS * 4, 1),
                    "50s",
                    new Haproxy("defaults", "timeout server"),
                    "the same for the side of the next hop; timeout_tunnel replaces it on a WebSocket"),
            setting(
                    "timeout_tunnel",
                    new Time(100, WEEK_MILLIS * 4, 1),
                    Setting.NONE,
                    new Haproxy("defaults", "timeout tunnel"),
                    "closes a WebSocket on which neither side sent anything for so long"),
            setting(
                    "timeout_client_fin",
                    new Time(100, WEEK_MILLIS, 1),
                    Setting.NONE,
                    new Haproxy("defaults", "timeout client-fin"),
                    "how long a closed client may keep its queue; without it the kernel keeps it for minutes"),
            setting(
                    "backlog",
                    new Count(1, 65_535),
                    "511",
                    new Haproxy("frontend", "bind backlog"),
                    "accept queue; net.core.somaxconn caps it"),
            setting(
                    "clitcpka",
                    new Keepalive(),
                    "off",
                    new Haproxy("defaults", "option clitcpka"),
                    "TCP probes find clients that vanished; without, retransmission does, after ~15 min"),
            setting(
                    "srvtcpka",
                    new Flag(),
                    "off",
                    new Haproxy("defaults", "option srvtcpka"),
                    "TCP probes towards the next hop"),
            setting(
                    "source",
                    new Addresses(),
                    Setting.NONE,
                    new Haproxy("backend", "server source"),
                    "source addresses towards the next hop; each brings its own range of ports"),
            setting(
                    "balance",
                    new Choice(List.of("round_robin", "least_conn", "random")),
                    "round_robin",
                    new Haproxy("backend", "balance"),
                    "round_robin evens out arrivals only; least_conn and random (of two) count live WebSockets"),
            setting(
                    "server_maxconn",
                    new Count(0, 1_000_000_000),
                    "0",
                    new Haproxy("backend", "server maxconn"),
                    "WebSockets to one server of the next hop; others wait in a queue, then 503; 0 is no limit"));

    private static final Map<String, Setting> BY_NAME = ALL.stream()
            .collect(Collectors.toMap(Setting::name, each -> each, (one, other) -> one, LinkedHashMap::new));

    /** What nginx calls it, and what HAProxy does. */
    private static final Map<String, String> TWINS = Map.ofEntries(
            Map.entry("worker_processes", "nbthread"),
            Map.entry("worker_shutdown_timeout", "hard_stop_after"),
            Map.entry("proxy_buffer_size", "bufsize"),
            Map.entry("sndbuf", "sndbuf_client"),
            Map.entry("rcvbuf", "rcvbuf_client"),
            Map.entry("proxy_connect_timeout", "timeout_connect"),
            Map.entry("client_header_timeout", "timeout_http_request"),
            Map.entry("proxy_read_timeout", "timeout_tunnel"),
            Map.entry("backlog", "backlog"),
            Map.entry("so_keepalive", "clitcpka"),
            Map.entry("proxy_socket_keepalive", "srvtcpka"),
            Map.entry("proxy_bind", "source"),
            Map.entry("balance", "balance"),
            Map.entry("max_conns", "server_maxconn"));

    private HaproxySettings() {}

    /** All settings, in the order of the rendered file. */
    public static List<Setting> all() {
        return ALL;
    }

    /** The names of all settings, in the order of the rendered file. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The setting that HAProxy calls so, or that means what nginx calls so; empty when there is none. */
    static Optional<Setting> meantBy(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).or(() -> twin(name));
    }

    /** The setting that means what nginx calls so; empty when nothing does. */
    static Optional<Setting> twin(String nginxName) {
        return Optional.ofNullable(TWINS.get(nginxName)).map(BY_NAME::get);
    }

    private static Setting setting(String name, ValueType type, String fallback, Place place, String does) {
        return new Setting(name, type, fallback, place, does, MANUAL);
    }
}
