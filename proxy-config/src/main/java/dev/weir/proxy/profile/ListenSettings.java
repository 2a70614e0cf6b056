package dev.weir.proxy.profile;

import dev.weir.proxy.profile.Place.Parameter;
import dev.weir.proxy.profile.ValueType.Count;
import dev.weir.proxy.profile.ValueType.Flag;
import dev.weir.proxy.profile.ValueType.Keepalive;
import dev.weir.proxy.profile.ValueType.Size;
import java.util.List;

/** Settings of the listening sockets, which accepted sockets inherit. */
final class ListenSettings {

    private static final String HTTP = "nginx.org/en/docs/http/ngx_http_core_module.html";

    private ListenSettings() {}

    static List<Setting> all() {
        return List.of(
                new Setting(
                        "reuseport",
                        new Flag(),
                        "off",
                        new Parameter("listen", "reuseport"),
                        "one accept queue a worker, so that WebSockets spread evenly",
                        HTTP),
                new Setting(
                        "backlog",
                        new Count(1, 65_535),
                        "511",
                        new Parameter("listen", "backlog"),
                        "accept queue; net.core.somaxconn caps it",
                        HTTP),
                new Setting(
                        "sndbuf",
                        new Size(2_048, 1 << 30),
                        "none",
                        new Parameter("listen", "sndbuf"),
                        "bounds what the kernel queues for a client that does not read; the kernel doubles it",
                        HTTP),
                new Setting(
                        "rcvbuf",
                        new Size(2_048, 1 << 30),
                        "none",
                        new Parameter("listen", "rcvbuf"),
                        "bounds what the kernel queues from a client; the kernel doubles it",
                        HTTP),
                new Setting(
                        "so_keepalive",
                        new Keepalive(),
                        "off",
                        new Parameter("listen", "so_keepalive"),
                        "TCP probes find clients that vanished; without, retransmission does, after ~15 min",
                        HTTP));
    }
}
