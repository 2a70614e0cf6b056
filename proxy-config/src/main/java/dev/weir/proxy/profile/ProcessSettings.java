package dev.weir.proxy.profile;

import dev.weir.proxy.profile.Place.Directive;
import dev.weir.proxy.profile.Place.LogLevel;
import dev.weir.proxy.profile.ValueType.Choice;
import dev.weir.proxy.profile.ValueType.Count;
import dev.weir.proxy.profile.ValueType.Flag;
import dev.weir.proxy.profile.ValueType.Time;
import java.util.List;

/** Settings of the nginx processes: workers, slots, descriptors, log level. */
final class ProcessSettings {

    private static final String CORE = "nginx.org/en/docs/ngx_core_module.html";

    private ProcessSettings() {}

    static List<Setting> all() {
        return List.of(
                new Setting(
                        "error_log_level",
                        new Choice(List.of("debug", "info", "notice", "warn", "error")),
                        "info",
                        new LogLevel(),
                        "at info each close by timeout is logged; from notice up those closes leave no trace",
                        CORE),
                new Setting(
                        "worker_processes",
                        new Count(1, 1_024),
                        "derived",
                        new Directive("worker_processes"),
                        "processes that share the connections; derived from cores, connections and descriptors",
                        CORE),
                new Setting(
                        "worker_rlimit_nofile",
                        new Count(64, 1_073_741_816),
                        "derived",
                        new Directive("worker_rlimit_nofile"),
                        "descriptors of one worker, two a WebSocket; the hard limit of the process caps it",
                        CORE),
                new Setting(
                        "worker_shutdown_timeout",
                        new Time(1_000, 7 * 86_400_000L, 1),
                        "none",
                        new Directive("worker_shutdown_timeout"),
                        "after a reload, all WebSockets of the old workers are cut at once when this has passed",
                        CORE),
                new Setting(
                        "worker_connections",
                        new Count(16, 4_194_304),
                        "derived",
                        new Directive("worker_connections"),
                        "slots of one worker, two a WebSocket; 432 B each are taken at start",
                        CORE),
                new Setting(
                        "multi_accept",
                        new Flag(),
                        "off",
                        new Directive("multi_accept"),
                        "a woken worker accepts all that wait; without reuseport one worker gets nearly all",
                        CORE),
                new Setting(
                        "accept_mutex",
                        new Flag(),
                        "off",
                        new Directive("accept_mutex"),
                        "workers take turns to accept; one worker gets nearly all WebSockets",
                        CORE));
    }
}
