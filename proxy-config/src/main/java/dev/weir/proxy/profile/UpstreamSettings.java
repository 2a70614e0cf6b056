package dev.weir.proxy.profile;

import dev.weir.proxy.profile.Place.BalanceMethod;
import dev.weir.proxy.profile.Place.Parameter;
import dev.weir.proxy.profile.Place.SourceAddresses;
import dev.weir.proxy.profile.Place.ZoneSize;
import dev.weir.proxy.profile.ValueType.Addresses;
import dev.weir.proxy.profile.ValueType.Choice;
import dev.weir.proxy.profile.ValueType.Count;
import dev.weir.proxy.profile.ValueType.Size;
import dev.weir.proxy.profile.ValueType.Time;
import java.util.List;

/** Settings of the fan-out to the next hop. */
final class UpstreamSettings {

    private static final String PROXY = "nginx.org/en/docs/http/ngx_http_proxy_module.html";
    private static final String UPSTREAM = "nginx.org/en/docs/http/ngx_http_upstream_module.html";

    private UpstreamSettings() {}

    static List<Setting> all() {
        return List.of(
                new Setting(
                        "proxy_bind",
                        new Addresses(),
                        "none",
                        new SourceAddresses(),
                        "source addresses towards the next hop; each brings its own range of ports",
                        PROXY),
                new Setting(
                        "balance",
                        new Choice(List.of("round_robin", "least_conn", "random")),
                        "round_robin",
                        new BalanceMethod(),
                        "round_robin evens out arrivals only; least_conn and random (of two) count live WebSockets",
                        UPSTREAM),
                new Setting(
                        "zone",
                        new Size(65_536, 1 << 30),
                        "none",
                        new ZoneSize(),
                        "shares the counts behind least_conn, max_conns and max_fails between workers",
                        UPSTREAM),
                new Setting(
                        "max_conns",
                        new Count(0, 1_000_000_000),
                        "0",
                        new Parameter("server", "max_conns"),
                        "WebSockets to one server of the next hop, above it 502; 0 is no limit",
                        UPSTREAM),
                new Setting(
                        "max_fails",
                        new Count(0, 1_000_000),
                        "1",
                        new Parameter("server", "max_fails"),
                        "failures until a server is left out; 0 never: want of ports is no dead server",
                        UPSTREAM),
                new Setting(
                        "fail_timeout",
                        new Time(1_000, 86_400_000L, 1_000),
                        "10s",
                        new Parameter("server", "fail_timeout"),
                        "how long a server is left out",
                        UPSTREAM));
    }
}
