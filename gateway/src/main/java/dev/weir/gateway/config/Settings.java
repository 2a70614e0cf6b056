package dev.weir.gateway.config;

import dev.weir.gateway.config.Rule.Choice;
import dev.weir.gateway.config.Rule.Count;
import dev.weir.gateway.config.Rule.Ports;
import dev.weir.gateway.config.Rule.Rate;
import dev.weir.gateway.config.Rule.Size;
import dev.weir.gateway.config.Rule.Switch;
import dev.weir.gateway.config.Rule.Text;
import dev.weir.gateway.config.Rule.Texts;
import dev.weir.gateway.config.Rule.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The table of everything that can be set: name, unit, range, default and one line of what it does. {@code --help},
 * {@code --print-config}, errors and the reader are all made from it.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class Settings {
    private static final Rule<String> ADDRESS =
            new Text(Pattern.compile("[0-9A-Za-z.:%\\-]{1,255}"), "be an address or host name");

    static final Setting<String> HOST = of("host", ADDRESS, "0.0.0.0", "address that WebSockets are accepted on");
    static final Setting<List<Integer>> PORT =
            of("port", new Ports(256), "8000", "ports that WebSockets are accepted on; 0 picks a free one");
    static final Setting<Integer> BACKLOG = of(
            "backlog",
            new Count(1, 65_535),
            "4096",
            "accept queue asked of the kernel, which caps it at net.core.somaxconn");

    static final Setting<String> API_HOST =
            of("api_host", ADDRESS, "127.0.0.1", "address of the server API, health and metrics");
    static final Setting<Integer> API_PORT = of(
            "api_port", new Count(0, 65_535), "9000", "port of the server API, health and metrics; 0 picks a free one");
    static final Setting<String> API_KEY = none(
            "api_key",
            new Text(Pattern.compile("[\\x21-\\x7e]{1,512}"), "be 1 to 512 printable ASCII characters without spaces"),
            "key of the server API; without one every /api request is refused with 401");
    static final Setting<String> METRICS_PREFIX = of(
            "metrics_prefix",
            new Text(
                    Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*_)?"),
                    "be letters, digits and underscores ending in an underscore"),
            "weir_",
            "what every metric name begins with");

    static final Setting<Duration> PING_INTERVAL = of(
            "ping_interval", time("1s", "1h", true, true), "25s", "most time between pings to a client; 0 sends none");
    // The default follows a short ping interval, so that setting that one alone never breaks the rule between the two.
    static final Setting<Duration> PONG_TIMEOUT = of(
            "pong_timeout",
            time("100ms", "5m", false, false),
            "8s",
            "a ping unanswered for this long closes with 3012; unless set, at most half of ping_interval");

    // What other servers of this protocol park per client. At a quarter of it, readers of 1 MB/s were cut whenever a
    // shared two-core machine stalled for a quarter of a second (measured with zero-window).
    static final Setting<Long> SLOW_CONSUMER_BYTES = of(
            "slow_consumer_bytes",
            size("4k", "64m", false),
            "1m",
            "bytes queued for one connection, beyond the kernel, at which the policy applies; no message may be larger");
    static final Setting<String> SLOW_CONSUMER_POLICY = of(
            "slow_consumer_policy",
            new Choice(List.of("disconnect", "drop", "latest")),
            "disconnect",
            "for a client that does not keep up: close it with 3008, drop messages, or keep the latest of each channel");
    static final Setting<Long> NOTSENT_LOWAT = of(
            "notsent_lowat",
            size("4k", "4m", true),
            "32k",
            "TCP_NOTSENT_LOWAT of every connection: unsent bytes that the kernel takes; 0 leaves its default");

    static final Setting<Integer> MAX_CONNECTIONS = none(
            "max_connections",
            new Count(1, 10_000_000),
            "connections per process; without it what the descriptor limit allows");
    static final Setting<Duration> HANDSHAKE_TIMEOUT = of(
            "handshake_timeout",
            time("100ms", "5m", false, false),
            "10s",
            "from accept to the end of the HTTP upgrade");
    static final Setting<Duration> CONNECT_TIMEOUT = of(
            "connect_timeout",
            time("100ms", "5m", false, false),
            "10s",
            "from the upgrade to the connect command, else close 3502");
    static final Setting<Long> MAX_FRAME_SIZE =
            of("max_frame_size", size("1k", "16m", false), "64k", "largest message from a client, else close 1009");
    static final Setting<Integer> MAX_SUBSCRIPTIONS =
            of("max_subscriptions", new Count(1, 100_000), "128", "subscriptions per connection, else error 106");
    static final Setting<Integer> MAX_CHANNEL_LENGTH =
            of("max_channel_length", new Count(1, 1_000), "255", "bytes of a channel name");
    static final Setting<Integer> MAX_PING_RATE = of(
            "max_ping_rate", new Rate(1, 1_000), "10/s", "WebSocket pings and pongs from one client, else close 1008");
    static final Setting<Duration> CLOSING_TIMEOUT = of(
            "closing_timeout",
            time("100ms", "1m", false, false),
            "5s",
            "from a close frame to closing TCP without the client's answer");

    static final Setting<Boolean> INSECURE = of(
            "insecure", new Switch(), "false", "anonymous clients may connect, subscribe and publish: for trials only");
    static final Setting<List<String>> ALLOWED_ORIGINS = of(
            "allowed_origins",
            new Texts(
                    Pattern.compile("(?:[a-z][a-z0-9+.\\-]*://[^/?#\\s,*]+|null)"),
                    "be origins as https://example.org, separated by commas"),
            "",
            "exact origins that browsers may come from; without any, only the gateway's own host");

    // 15,000 connections, a full process under the usual limit of 20,000 descriptors, leave within the timeout.
    static final Setting<Integer> DRAIN_RATE = of(
            "drain_rate",
            new Rate(1, 1_000_000),
            "500/s",
            "connections closed with 3001 at shutdown, so that they do not all come back at once");
    static final Setting<Duration> DRAIN_TIMEOUT =
            of("drain_timeout", time("1s", "1h", true, false), "30s", "longest drain; 0 closes all at once");

    static final Setting<Integer> LOOPS = of(
            "loops",
            new Count(0, 1_024),
            "0",
            "event loops that carry connections; 0 is one per processor, or as many as max_connections needs tables");
    static final Setting<String> DESCRIPTOR_TABLES = of(
            "descriptor_tables",
            new Choice(List.of("auto", "off")),
            "auto",
            "auto gives each event loop a descriptor table of its own where max_connections is above the limit on open files");
    // Fifty loops take turns, and what the API asks of all of them takes a round. When a tenth of 300,000 ended at
    // once, a publish was answered within 0.3 to 0.6 s (p99) at 128 and 0.08 s at 32; at 16 the turns begin to cost.
    static final Setting<Integer> CLEANUP_SLICE = of(
            "cleanup_slice",
            new Count(16, 65_536),
            "32",
            "sockets with news, ended ones too, that an event loop serves before it looks at tasks and timers; epoll only");
    static final Setting<String> TRANSPORT = of(
            "transport",
            new Choice(List.of("auto", "io_uring", "epoll", "nio")),
            "auto",
            "socket implementation; auto is epoll where it loads, else nio");

    /** Every setting, in the order of the manual. */
    public static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            BACKLOG,
            API_HOST,
            API_PORT,
            API_KEY,
            METRICS_PREFIX,
            PING_INTERVAL,
            PONG_TIMEOUT,
            SLOW_CONSUMER_BYTES,
            SLOW_CONSUMER_POLICY,
            NOTSENT_LOWAT,
            MAX_CONNECTIONS,
            HANDSHAKE_TIMEOUT,
            CONNECT_TIMEOUT,
            MAX_FRAME_SIZE,
            MAX_SUBSCRIPTIONS,
            MAX_CHANNEL_LENGTH,
            MAX_PING_RATE,
            CLOSING_TIMEOUT,
            INSECURE,
            ALLOWED_ORIGINS,
            DRAIN_RATE,
            DRAIN_TIMEOUT,
            LOOPS,
            DESCRIPTOR_TABLES,
            CLEANUP_SLICE,
            TRANSPORT);

    private Settings() {}

    /** The flag of a setting that a mistyped one was probably meant to be. */
    public static String nearestFlag(String typed) {
        return NearestKey.of(typed, ALL.stream().map(Setting::flag).toList());
    }

    private static <T> Setting<T> of(String key, Rule<T> rule, String fallback, String help) {
        return new Setting<>(key, rule, Optional.of(fallback), help);
    }

    private static <T> Setting<T> none(String key, Rule<T> rule, String help) {
        return new Setting<>(key, rule, Optional.empty(), help);
    }

    private static Rule<Duration> time(String min, String max, boolean zeroAllowed, boolean wholeSeconds) {
        return new Time(Units.time(min).orElseThrow(), Units.time(max).orElseThrow(), zeroAllowed, wholeSeconds);
    }

    private static Rule<Long> size(String min, String max, boolean zeroAllowed) {
        return new Size(Units.size(min).orElseThrow(), Units.size(max).orElseThrow(), zeroAllowed);
    }
}
