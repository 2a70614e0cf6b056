package dev.weir.proxy.profile;

import dev.weir.proxy.profile.Place.Directive;
import dev.weir.proxy.profile.ValueType.Buffers;
import dev.weir.proxy.profile.ValueType.Flag;
import dev.weir.proxy.profile.ValueType.Size;
import dev.weir.proxy.profile.ValueType.Time;
import java.util.List;

/** Settings of the side towards the client. */
final class ClientSettings {

    private static final String HTTP = "nginx.org/en/docs/http/ngx_http_core_module.html";

    private ClientSettings() {}

    static List<Setting> all() {
        return List.of(
                new Setting(
                        "client_header_buffer_size",
                        new Size(256, 1 << 20),
                        "1k",
                        new Directive("client_header_buffer_size"),
                        "a handshake above it takes a large buffer, which a WebSocket keeps for life",
                        HTTP),
                new Setting(
                        "large_client_header_buffers",
                        new Buffers(1, 64, 1 << 20),
                        "4 8k",
                        new Directive("large_client_header_buffers"),
                        "for handshakes with long cookies or tokens; a longer header line is refused",
                        HTTP),
                new Setting(
                        "client_header_timeout",
                        new Time(1_000, 3_600_000L, 1),
                        "60s",
                        new Directive("client_header_timeout"),
                        "how long a client may take to send its handshake",
                        HTTP),
                new Setting(
                        "connection_pool_size",
                        new Size(256, 65_536),
                        "512",
                        new Directive("connection_pool_size"),
                        "first memory block of each client connection",
                        HTTP),
                new Setting(
                        "request_pool_size",
                        new Size(512, 65_536),
                        "4k",
                        new Directive("request_pool_size"),
                        "first memory block of each request, kept for the life of a WebSocket",
                        HTTP),
                new Setting(
                        "ssl_buffer_size",
                        new Size(1_024, 1 << 20),
                        "16k",
                        new Directive("ssl_buffer_size"),
                        "with TLS, a buffer that a WebSocket keeps for life once something was sent",
                        "nginx.org/en/docs/http/ngx_http_ssl_module.html"),
                new Setting(
                        "tcp_nodelay",
                        new Flag(),
                        "on",
                        new Directive("tcp_nodelay"),
                        "small frames leave at once",
                        HTTP),
                new Setting(
                        "send_timeout",
                        new Time(100, 86_400_000L, 1),
                        "60s",
                        new Directive("send_timeout"),
                        "closes a client that took nothing for so long, unless it sends something meanwhile",
                        HTTP),
                new Setting(
                        "reset_timedout_connection",
                        new Flag(),
                        "off",
                        new Directive("reset_timedout_connection"),
                        "a client closed by timeout gets RST, and the kernel frees its send queue at once",
                        HTTP));
    }
}
