package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.haproxy.HaproxyTest;
import dev.weir.proxy.nginx.NginxBinary;
import dev.weir.proxy.nginx.NginxTest;
import dev.weir.proxy.nginx.NginxVerdict;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.RenderedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code nginx -t} on every golden that renders, and on what it must reject. */
final class NginxGoldenIT {

    private static final String EDIT = "edit: templates/edge-nginx.conf.peb | ";

    static List<Path> rendered() throws IOException {
        return Goldens.files().stream()
                .filter(file -> !file.getFileName().toString().startsWith("error-"))
                .filter(file -> !file.getFileName().toString().startsWith("haproxy-"))
                .toList();
    }

    private static RenderedConfig render(String input, Path scratch) throws IOException {
        var golden = GoldenCase.parse(input);
        return ProxyConfig.at(golden.folder(Goldens.SHIPPED, scratch)).render(golden.request(Goldens.RUN_DIR));
    }

    private static NginxVerdict test(RenderedConfig config) {
        return new NginxTest(RealNginx.binary(), Duration.ofSeconds(10)).test(config);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rendered")
    void shouldBeAcceptedWhenRendered(Path file, @TempDir Path scratch) throws IOException {
        var verdict = test(render(Goldens.read(file).input(), scratch));
        assertThat(verdict.accepted()).as(verdict.output()).isTrue();
        assertThat(verdict.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1k", "2k", "3000", "4k", "8k", "16k", "64k", "100000", "256k", "1m", "2m"})
    void shouldBeAcceptedWhenOnlyTheBufferSizeIsSet(String size, @TempDir Path scratch) throws IOException {
        var verdict = test(render("profile: tuned\nset: edge.proxy_buffer_size=" + size + "\n", scratch));
        assertThat(verdict.accepted()).as(verdict.output()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    {{ proxy_buffer_size }};        64k;       proxy_busy_buffers_size; proxy_busy_buffers_size=8k; [BusyBuffersOutOfRange]
                    {{ proxy_read_timeout }};       soon;      proxy_read_timeout;      proxy_read_timeout=soon;    nginx says: "proxy_read_timeout" directive invalid value
                    proxy_send_timeout {{;          send_time {{; send_time;            send_time=60s;              unknown directive "send_time"
                    {{ worker_connections }};       many;      worker_connections;      worker_connections=many;    invalid number "many"
                    so_keepalive={{ so_keepalive }}; keep=1;   listen;                  keep=1;                     invalid parameter "keep=1"
                    """)
    void shouldNameTemplateLineKeyAndValueWhenNginxRejects(
            String from, String to, String key, String shown, String says, @TempDir Path scratch) throws IOException {
        var config = render(EDIT + from + " | " + to + "\n", scratch);
        var verdict = test(config);
        assertThat(verdict.accepted()).isFalse();
        var complaint = verdict.complaints().getFirst();
        assertThat(complaint.key()).contains(key);
        assertThat(complaint.message()).contains(shown).contains(says);
        var line = Integer.parseInt(complaint.origin().replace("edge-nginx.conf.peb:", ""));
        var template = Files.readAllLines(scratch.resolve("templates/edge-nginx.conf.peb"));
        assertThat(template.get(line - 1)).contains(key);
    }

    @Test
    void shouldLeaveNoFileBehind(@TempDir Path scratch) throws IOException {
        var before = scratchFolders();
        test(render("", scratch));
        assertThat(scratchFolders()).isEqualTo(before);
        assertThat(Goldens.RUN_DIR).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock", "tuned", "idle-timeout", "idle-timeout-fixed", "zero-window"})
    void shouldAcceptTheWholeChainWhenProfileIsShipped(String profile) {
        var demand = new Demand(15_000, new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2));
        var chain = new ChainRequest(Tuning.of(profile), demand, Goldens.RUN_DIR);
        var programs = new ProxyPrograms(
                () -> new NginxTest(RealNginx.binary(), Duration.ofSeconds(10)),
                () -> new HaproxyTest(RealHaproxy.binary(), Duration.ofSeconds(10)));
        var heartbeat = Optional.of(Duration.ofSeconds(25));
        var report = CheckOperation.run(ProxyConfig.at(Goldens.SHIPPED), chain, heartbeat, programs);
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.text()).isEqualTo("ok  nginx -t  edge is accepted\nok  nginx -t  ingress is accepted\n");
    }

    @Test
    void shouldGiveUpWhenNginxHangs(@TempDir Path scratch) throws IOException {
        var hanging = scratch.resolve("nginx");
        Files.writeString(hanging, "#!/bin/sh\nexec sleep 30\n");
        assertThat(hanging.toFile().setExecutable(true)).isTrue();
        var nginx = new NginxTest(NginxBinary.find(hanging.toString(), ""), Duration.ofMillis(300));
        var config = render("", scratch);
        assertThatThrownBy(() -> nginx.test(config)).hasMessageStartingWith("nginx -t must end in time");
    }

    private static List<String> scratchFolders() throws IOException {
        try (var list = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return list.map(Path::toString)
                    .filter(name -> name.contains("weir-nginx-test-"))
                    .sorted()
                    .toList();
        }
    }
}
