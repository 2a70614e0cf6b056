package dev.weir.proxy.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue as a contract: names, defaults, and that each default is legal. */
final class SettingsTest {

    @Test
    void shouldKeepNamesAndDefaults() {
        var defaults = Settings.all().stream()
                .map(setting -> setting.name() + "=" + setting.fallback())
                .collect(Collectors.joining(" "));
        assertThat(defaults)
                .isEqualTo("error_log_level=info worker_processes=derived worker_rlimit_nofile=derived"
                        + " worker_shutdown_timeout=none worker_connections=derived multi_accept=off accept_mutex=off"
                        + " reuseport=off backlog=511 sndbuf=none rcvbuf=none so_keepalive=off"
                        + " client_header_buffer_size=1k large_client_header_buffers=4 8k client_header_timeout=60s"
                        + " connection_pool_size=512 request_pool_size=4k ssl_buffer_size=16k tcp_nodelay=on send_timeout=60s"
                        + " reset_timedout_connection=off proxy_buffering=on proxy_buffer_size=4k proxy_buffers=derived"
                        + " proxy_busy_buffers_size=derived proxy_connect_timeout=60s proxy_send_timeout=60s"
                        + " proxy_read_timeout=60s proxy_socket_keepalive=off proxy_bind=none balance=round_robin"
                        + " zone=none max_conns=0 max_fails=1 fail_timeout=10s");
    }

    @Test
    void shouldHaveALegalDefaultAndAShortExplanation() {
        assertThat(Settings.all()).allSatisfy(setting -> {
            assertThat(setting.brokenRule(setting.fallback())).isEmpty();
            assertThat(setting.does()).hasSizeBetween(10, 100);
            assertThat(setting.source()).startsWith("nginx.org/");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "4096,4096",
        "4k,4096",
        "4K,4096",
        "2m,2097152",
        "1g,1073741824",
        "'',",
        "k,",
        "-4k,",
        "4kb,",
        "9999999999999k,"
    })
    void shouldReadSizesAsNginxDoes(String text, Long bytes) {
        assertThat(Units.bytes(text).stream().boxed().findFirst().orElse(null)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "60s,60000",
        "1m30s,90000",
        "500ms,500",
        "60,60000",
        "1h,3600000",
        "'',",
        "s,",
        "-1s,",
        "1 s,",
        "1x,",
        "1sx,"
    })
    void shouldReadTimesAsNginxDoes(String text, Long millis) {
        assertThat(Units.millis(text).stream().boxed().findFirst().orElse(null)).isEqualTo(millis);
    }
}
