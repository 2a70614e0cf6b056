package dev.weir.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.gateway.config.GatewayConfig.Access;
import dev.weir.gateway.config.GatewayConfig.Api;
import dev.weir.gateway.config.GatewayConfig.Drain;
import dev.weir.gateway.config.GatewayConfig.Heartbeat;
import dev.weir.gateway.config.GatewayConfig.Limits;
import dev.weir.gateway.config.GatewayConfig.Listen;
import dev.weir.gateway.config.GatewayConfig.Loops;
import dev.weir.gateway.config.GatewayConfig.SlowConsumer;
import dev.weir.gateway.config.GatewayConfig.Transport;
import dev.weir.gateway.fanout.SlowConsumerPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigReaderTest {
    private static final String FULL = """
            host: 10.0.0.1
            port: [8000-8001, 8010]
            backlog: 1k
            api_host: 10.0.0.2
            api_port: 9100
            api_key: s3cret
            metrics_prefix: centrifugo_
            ping_interval: 10s
            pong_timeout: 3500ms
            slow_consumer_bytes: 1m
            slow_consumer_policy: latest
            notsent_lowat: 0
            max_connections: 15k
            handshake_timeout: 5s
            connect_timeout: 1m
            max_frame_size: 128k
            max_subscriptions: 256
            max_channel_length: 100
            max_ping_rate: 5/s
            closing_timeout: 500ms
            insecure: true
            allowed_origins:
              - https://a.example
              - https://b.example:8443
            drain_rate: 1k/s
            drain_timeout: 0
            loops: 4
            descriptor_tables: off
            cleanup_slice: 16
            transport: nio
            """;

    @Test
    void shouldGiveTheDefaultsWhenNothingIsSet() throws ConfigException {
        assertThat(read("", Map.of(), Map.of()))
                .isEqualTo(new GatewayConfig(
                        new Listen("0.0.0.0", List.of(8000), 4096),
                        new Api("127.0.0.1", 9000, Optional.empty(), "weir_"),
                        new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(8)),
                        new SlowConsumer(1_048_576, new SlowConsumerPolicy.Disconnect(), 32_768),
                        new Limits(
                                Optional.empty(),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                65_536,
                                128,
                                255,
                                10,
                                Duration.ofSeconds(5)),
                        new Access(false, List.of()),
                        new Drain(500, Duration.ofSeconds(30)),
                        new Loops(0, Transport.AUTO, true, 32)));
    }

    @Test
    void shouldMapEverySettingToItsPlace() throws ConfigException {
        assertThat(read(FULL, Map.of(), Map.of()))
                .isEqualTo(new GatewayConfig(
                        new Listen("10.0.0.1", List.of(8000, 8001, 8010), 1_000),
                        new Api("10.0.0.2", 9100, Optional.of("s3cret"), "centrifugo_"),
                        new Heartbeat(Duration.ofSeconds(10), Duration.ofMillis(3_500)),
                        new SlowConsumer(1 << 20, new SlowConsumerPolicy.Latest(), 0),
                        new Limits(
                                Optional.of(15_000),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(1),
                                131_072,
                                256,
                                100,
                                5,
                                Duration.ofMillis(500)),
                        new Access(true, List.of("https://a.example", "https://b.example:8443")),
                        new Drain(1_000, Duration.ZERO),
                        new Loops(4, Transport.NIO, false, 16)));
    }

    @Test
    void shouldLetFlagsWinOverEnvironmentOverFile() throws ConfigException {
        GatewayConfig config = read(
                "port: 8001\nloops: 1\nbacklog: 1",
                Map.of("WEIR_PORT", "8002", "WEIR_LOOPS", "2", "PATH", "/bin"),
                Map.of("port", "8003"));

        assertThat(config.listen().ports()).containsExactly(8003);
        assertThat(config.loops().count()).isEqualTo(2);
        assertThat(config.listen().backlog()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port             | 8003-8000 | ports of 0 to 65535
            port             | 65536     | ports of 0 to 65535
            port             | 8000,8000 | each once
            port             | 1-300     | at most 256
            port             | ''        | ports of 0 to 65535
            backlog          | 0         | a number of 1 to 65535
            ping_interval    | 25        | a time with its unit of 1s to 1h in whole seconds, or 0
            ping_interval    | 1500ms    | in whole seconds
            ping_interval    | 2h        | 1s to 1h
            pong_timeout     | 0         | a time with its unit of 100ms to 5m
            slow_consumer_bytes | 4095   | a size of 4k to 64m
            slow_consumer_bytes | 65m    | a size of 4k to 64m
            slow_consumer_bytes | 1x     | a size of 4k to 64m
            notsent_lowat    | 1         | or 0
            slow_consumer_policy | block | one of disconnect, drop, latest
            drain_rate       | 500       | a rate of 1/s to 1m/s
            drain_rate       | 0/s       | a rate of 1/s to 1m/s
            max_connections  | -1        | a number of 1 to 10m
            max_connections  | 99999999999999 | a number of 1 to 10m
            insecure         | yes       | true or false
            allowed_origins  | example.org | origins as https://example.org
            metrics_prefix   | weir-     | ending in an underscore
            transport        | kqueue    | one of auto, io_uring, epoll, nio
            api_key          | 'a b'     | without spaces
            """)
    void shouldRefuseWhatIsOutOfRange(String key, String text, String rule) {
        assertThat(errors("", Map.of(), Map.of(key, text)))
                .singleElement()
                .asString()
                .startsWith(key + " must be ")
                .contains(rule)
                .contains("(--" + key.replace('_', '-') + ")");
    }

    @Test
    void shouldSayWhereAndHowWhenAUnitIsMissing() {
        assertThat(errors("\nping_interval: 25\n", Map.of(), Map.of()))
                .containsExactly("ping_interval must be a time with its unit of 1s to 1h in whole seconds, or 0:"
                        + " ping_interval=25 (weir.yaml:2); write 25s or 25ms");
    }

    @Test
    void shouldNameTheNearestWhenAKeyIsUnknown() {
        assertThat(errors("ping_intervall: 25s", Map.of("WEIR_API_KYE", "x"), Map.of()))
                .containsExactly(
                        "ping_intervall must be a known key (weir.yaml:1); the nearest is ping_interval",
                        "WEIR_API_KYE must be a known variable (environment); the nearest is WEIR_API_KEY");
    }

    @Test
    void shouldNotShowASecretWhenItsKeyIsMistypedOrStandsTwice() {
        assertThat(errors("api_kye: s3cret\napi_key: s3cret\napi_key: s3cret", Map.of(), Map.of("api_kex", "s3cret")))
                .hasSize(3)
                .noneMatch(error -> error.contains("s3cret"));
        assertThat(errors("s3cret", Map.of(), Map.of())).noneMatch(error -> error.contains("s3cret"));
    }

    @Test
    void shouldReportAllErrorsAtOnce() {
        assertThat(errors(
                        "porrt: 1\nloops: many\nbacklog:\n  deep: 1\nport: 1\nport: 2",
                        Map.of(),
                        Map.of("drain_rate", "1")))
                .hasSize(5);
    }

    @Test
    void shouldNotPrintTheKeyWhenItIsRefused() {
        assertThat(errors("", Map.of("WEIR_API_KEY", "hush hush"), Map.of()))
                .singleElement()
                .asString()
                .doesNotContain("hush")
                .contains("9 characters");
    }

    @Test
    void shouldRefuseAFileThatIsNoMapping() {
        assertThat(errors("- a\n- b", Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("config must be a mapping");
        assertThat(errors("a: [", Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("config must be YAML");
    }

    @Test
    void shouldStartBesideWhatTheToolsReadFromTheEnvironment() throws ConfigException {
        assertThat(read("", Map.of("WEIR_AGENT_TOKEN", "a secret of the agents"), Map.of()))
                .isEqualTo(read("", Map.of(), Map.of()));
    }

    @Test
    void shouldExplainTheServiceLinkWhenAnOrchestratorSetsThePort() {
        assertThat(errors("", Map.of("WEIR_PORT", "tcp://10.0.0.1:8000", "WEIR_SERVICE_HOST", "10.0.0.1"), Map.of()))
                .singleElement()
                .asString()
                .contains("enableServiceLinks: false");
    }

    @Test
    void shouldRefusePongTimeoutWhenNotBelowThePingInterval() {
        assertThat(errors("", Map.of(), Map.of("ping_interval", "5s", "pong_timeout", "5s")))
                .containsExactly(
                        "pong_timeout must be < ping_interval: pong_timeout=5s (--pong-timeout) ping_interval=5s");
    }

    @Test
    void shouldShortenTheDefaultPongTimeoutWhenPingsAreFrequent() throws ConfigException {
        assertThat(read("", Map.of(), Map.of("ping_interval", "5s")).heartbeat())
                .isEqualTo(new Heartbeat(Duration.ofSeconds(5), Duration.ofMillis(2_500)));
        assertThat(read("", Map.of(), Map.of("ping_interval", "0")).heartbeat())
                .isEqualTo(new Heartbeat(Duration.ZERO, Duration.ofSeconds(8)));
    }

    @Test
    void shouldRefuseOnePortForBoth() {
        assertThat(errors("", Map.of(), Map.of("port", "8999-9001")))
                .containsExactly("api_port must not be one of port: api_port=9000 (default) port=8999-9001; move one");
    }

    @Test
    void shouldReadItsOwnPrintAgain() throws ConfigException {
        EffectiveConfig first = effective(FULL, Map.of(), Map.of("port", "8000-8003"));

        String printed = first.print();

        assertThat(printed).doesNotContain("s3cret").contains("from --port, default 8000");
        assertThat(read(printed, Map.of("WEIR_API_KEY", "s3cret"), Map.of())).isEqualTo(first.config());
    }

    @Test
    void shouldNameEverySettingAlikeInAllThreePlaces() {
        assertThat(Settings.ALL).allSatisfy(setting -> {
            assertThat(setting.key()).matches("[a-z]+(_[a-z]+)*");
            assertThat(setting.flag()).isEqualTo("--" + setting.key().replace('_', '-'));
            assertThat(setting.environmentName())
                    .isEqualTo("WEIR_" + setting.key().toUpperCase(java.util.Locale.ROOT));
            setting.fallback()
                    .ifPresent(text -> assertThat(setting.rule().read(text)).isPresent());
        });
    }

    private static EffectiveConfig effective(String yaml, Map<String, String> environment, Map<String, String> flags)
            throws ConfigException {
        return ConfigReader.read(new Sources(Optional.of(new Sources.File("weir.yaml", yaml)), environment, flags));
    }

    private static GatewayConfig read(String yaml, Map<String, String> environment, Map<String, String> flags)
            throws ConfigException {
        return effective(yaml, environment, flags).config();
    }

    private static List<String> errors(String yaml, Map<String, String> environment, Map<String, String> flags) {
        List<String> errors = new java.util.ArrayList<>();
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> effective(yaml, environment, flags))
                .satisfies(e -> errors.addAll(e.errors()));
        return errors;
    }
}
