package dev.weir.proxy.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.ProxyKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule: kept by a sound hop, broken by one changed value. */
final class RulesTest {

    private static final Optional<Duration> HEARTBEAT = Optional.of(Duration.ofSeconds(25));
    private static final Map<String, String> SOUND = Map.ofEntries(
            Map.entry("proxy_read_timeout", "120s"),
            Map.entry("worker_processes", "2"),
            Map.entry("worker_connections", "13000"),
            Map.entry("worker_rlimit_nofile", "13512"),
            Map.entry("proxy_buffer_size", "4k"),
            Map.entry("proxy_buffers", "8 4k"),
            Map.entry("proxy_busy_buffers_size", "8k"),
            Map.entry("proxy_bind", "none"),
            Map.entry("balance", "least_conn"),
            Map.entry("zone", "1m"),
            Map.entry("max_conns", "0"),
            Map.entry("multi_accept", "off"),
            Map.entry("accept_mutex", "off"),
            Map.entry("reuseport", "off"),
            Map.entry("error_log_level", "info"));

    private static HopFacts hop(String name, String key, String value) {
        var values = new HashMap<>(SOUND);
        values.put(key, value);
        var limits = new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2);
        return new HopFacts(name, ProxyKind.NGINX, values, 1, new Demand(10_000, limits));
    }

    @Test
    void shouldFindNothingWhenHopIsSound() {
        assertThat(Rules.evaluate(List.of(hop("edge", "zone", "1m")), HEARTBEAT))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    proxy_read_timeout      | 20s     | ERROR   | edge.proxy_read_timeout must be > 2 x heartbeat: proxy_read_timeout=20s heartbeat=25s; raise it or ping more often
                    proxy_read_timeout      | 50      | WARNING | edge.proxy_read_timeout must be > 2 x heartbeat: proxy_read_timeout=50s heartbeat=25s; raise it or ping more often
                    worker_connections      | 9000    | ERROR   | edge.worker_connections must be >= 24000 over all workers: slots=18000 taken=20000; raise worker_connections or worker_processes
                    worker_connections      | 11000   | WARNING | edge.worker_connections must be >= 24000 over all workers: slots=22000 taken=20000; raise worker_connections or worker_processes
                    worker_rlimit_nofile    | 10000   | ERROR   | edge.worker_rlimit_nofile must be >= worker_connections: descriptors=10000 worker_connections=13000 taken=10064; raise the limit of open files, or take more workers
                    worker_rlimit_nofile    | 12000   | WARNING | edge.worker_rlimit_nofile must be >= worker_connections: descriptors=12000 worker_connections=13000 taken=10064; raise the limit of open files, or take more workers
                    worker_rlimit_nofile    | 65535   | WARNING | edge.worker_rlimit_nofile must be <= the hard limit: worker_rlimit_nofile=65535 limit=20000; it is not applied
                    proxy_busy_buffers_size | 64k     | ERROR   | edge.proxy_busy_buffers_size must be in 4k..28k: proxy_busy_buffers_size=64k; at least proxy_buffer_size and one buffer, at most all proxy_buffers but one
                    proxy_buffer_size       | 16k     | ERROR   | edge.proxy_busy_buffers_size must be in 16k..28k: proxy_busy_buffers_size=8k; at least proxy_buffer_size and one buffer, at most all proxy_buffers but one
                    max_conns               | 4000    | ERROR   | edge.max_conns must allow every connection over all servers: allowed=4000 connections=10000; raise max_conns or add servers
                    zone                    | none    | WARNING | edge.zone must be set with balance: zone=none balance=least_conn; every worker counts for itself
                    multi_accept            | on      | WARNING | edge.multi_accept must be off without reuseport: multi_accept=on reuseport=off; set reuseport=on
                    accept_mutex            | on      | WARNING | edge.accept_mutex must be off without reuseport: accept_mutex=on reuseport=off; set reuseport=on
                    error_log_level         | notice  | WARNING | edge.error_log_level must be info or debug: error_log_level=notice; closes by timeout leave no line
                    """)
    void shouldFindOneThingWhenOneValueIsChanged(String key, String value, Severity severity, String message) {
        var findings = Rules.evaluate(List.of(hop("edge", key, value)), HEARTBEAT);
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().message()).isEqualTo(message);
        assertThat(findings.getFirst().severity()).isEqualTo(severity);
    }

    @Test
    void shouldFindSilentConnectionsWhenThereIsNoHeartbeat() {
        var findings = Rules.evaluate(List.of(hop("edge", "proxy_read_timeout", "180s")), Optional.empty());
        assertThat(findings).containsExactly(new Finding.ProxyReadTimeoutWithoutHeartbeat("edge", 180_000));
    }

    @Test
    void shouldFindTheLadderWhenTheInnerHopClosesFirst() {
        var chain = List.of(hop("edge", "proxy_read_timeout", "120s"), hop("ingress", "proxy_read_timeout", "60s"));
        assertThat(Rules.evaluate(chain, HEARTBEAT))
                .containsExactly(new Finding.InnerTimeoutBelowOuter("ingress", "edge", 60_000, 120_000));
    }

    @ParameterizedTest
    @CsvSource({"14116,", "14117,WARNING", "28232,WARNING", "28233,ERROR"})
    void shouldFindWantOfPortsWhenHalfTheRangeIsNotEnough(int connections, Severity severity) {
        var values = new HashMap<>(SOUND);
        values.put("worker_processes", "8");
        var limits = new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2);
        var hop = new HopFacts("edge", ProxyKind.NGINX, values, 1, new Demand(connections, limits));
        var found = Rules.evaluate(List.of(hop), HEARTBEAT).stream()
                .map(Finding::severity)
                .findFirst()
                .orElse(null);
        assertThat(found).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"proxy_read_timeout,$timeout", "worker_processes,auto", "proxy_buffers,$x", "worker_connections,x"})
    void shouldFindNothingWhenAValueCannotBeRead(String key, String value) {
        assertThat(Rules.evaluate(List.of(hop("edge", key, value)), HEARTBEAT)).isEmpty();
    }
}
