package dev.weir.proxy.profile;

import dev.weir.proxy.profile.Place.Directive;
import dev.weir.proxy.profile.ValueType.Buffers;
import dev.weir.proxy.profile.ValueType.Flag;
import dev.weir.proxy.profile.ValueType.Size;
import dev.weir.proxy.profile.ValueType.Time;
import java.util.List;

/** Settings of the side towards the next hop that cost memory or close connections. */
final class BufferSettings {

    private static final String PROXY = "nginx.org/en/docs/http/ngx_http_proxy_module.html";

    private BufferSettings() {}

    static List<Setting> all() {
        return List.of(
                new Setting(
                        "proxy_buffering",
                        new Flag(),
                        "on",
                        new Directive("proxy_buffering"),
                        "no effect on a WebSocket after its handshake",
                        PROXY),
                new Setting(
                        "proxy_buffer_size",
                        new Size(512, 64 << 20),
                        "4k",
                        new Directive("proxy_buffer_size"),
                        "two buffers a WebSocket, one a direction, kept for life; must hold the 101 header",
                        PROXY),
                new Setting(
                        "proxy_buffers",
                        new Buffers(2, 4_096, 1 << 30),
                        "derived",
                        new Directive("proxy_buffers"),
                        "no effect on a WebSocket; derived: 8 of the size of proxy_buffer_size, at least 4k",
                        PROXY),
                new Setting(
                        "proxy_busy_buffers_size",
                        new Size(512, 1 << 30),
                        "derived",
                        new Directive("proxy_busy_buffers_size"),
                        "no effect on a WebSocket; at least one buffer, at most all proxy_buffers but one",
                        PROXY),
                new Setting(
                        "proxy_connect_timeout",
                        new Time(100, 3_600_000L, 1),
                        "60s",
                        new Directive("proxy_connect_timeout"),
                        "how long connecting to the next hop may take; the kernel may give up first",
                        PROXY),
                new Setting(
                        "proxy_send_timeout",
                        new Time(100, 30 * 86_400_000L, 1),
                        "60s",
                        new Directive("proxy_send_timeout"),
                        "closes when the next hop took nothing for so long",
                        PROXY),
                new Setting(
                        "proxy_read_timeout",
                        new Time(100, 30 * 86_400_000L, 1),
                        "60s",
                        new Directive("proxy_read_timeout"),
                        "closes a WebSocket on which neither side sent anything for so long",
                        PROXY),
                new Setting(
                        "proxy_socket_keepalive",
                        new Flag(),
                        "off",
                        new Directive("proxy_socket_keepalive"),
                        "TCP probes towards the next hop",
                        PROXY));
    }
}
