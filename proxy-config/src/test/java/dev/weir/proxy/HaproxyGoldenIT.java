package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.haproxy.HaproxyBinary;
import dev.weir.proxy.haproxy.HaproxyTest;
import dev.weir.proxy.nginx.NginxTest;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Overrides;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code haproxy -c} on every golden of its kind, and on what it must reject. */
final class HaproxyGoldenIT {

    static List<Path> rendered() throws IOException {
        return Goldens.files().stream()
                .filter(file -> file.getFileName().toString().startsWith("haproxy-"))
                .toList();
    }

    private static RenderedConfig render(String input, Path scratch) throws IOException {
        var golden = GoldenCase.parse(input);
        return ProxyConfig.at(golden.folder(Goldens.SHIPPED, scratch)).render(golden.request(Goldens.RUN_DIR));
    }

    private static ProgramVerdict test(RenderedConfig config) {
        return new HaproxyTest(RealHaproxy.binary(), Duration.ofSeconds(10)).test(config);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rendered")
    void shouldBeAcceptedWithoutAWarningWhenRendered(Path file, @TempDir Path scratch) throws IOException {
        var config = render(Goldens.read(file).input(), scratch);
        var verdict = test(config);
        assertThat(verdict.accepted()).as(verdict.output()).isTrue();
        assertThat(verdict.complaints()).isEmpty();
        assertThat(verdict.output()).doesNotContain("WARNING").doesNotContain("ALERT");
        assertThat(config.effective())
                .allSatisfy((name, value) ->
                        assertThat(value).as(name).isEqualTo(config.resolved().text(name)));
    }

    @Test
    void shouldNameTheTemplateLineWhenHaproxyRejects(@TempDir Path scratch) throws IOException {
        var verdict = test(render(
                "set: edge.kind=haproxy\nedit: templates/edge-haproxy.cfg.peb | maxconn {{ maxconn }} | maxcon 7\n",
                scratch));
        assertThat(verdict.accepted()).isFalse();
        assertThat(verdict.complaints().getFirst().message())
                .startsWith("configuration must be accepted by haproxy: line=maxcon 7 (edge-haproxy.cfg.peb:")
                .contains("unknown keyword 'maxcon'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock", "tuned", "idle-timeout", "idle-timeout-fixed", "zero-window"})
    void shouldAcceptTheWholeChainWhenTheEdgeIsHaproxy(String profile) {
        var tuning = new Tuning(profile, Overrides.parse(List.of("edge.kind=haproxy")));
        var demand = new Demand(5_000, new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2));
        var programs = new ProxyPrograms(
                () -> new NginxTest(RealNginx.binary(), Duration.ofSeconds(10)),
                () -> new HaproxyTest(RealHaproxy.binary(), Duration.ofSeconds(10)));
        var report = CheckOperation.run(
                ProxyConfig.at(Goldens.SHIPPED),
                new ChainRequest(tuning, demand, Goldens.RUN_DIR),
                Optional.of(Duration.ofSeconds(20)),
                programs);
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.text()).isEqualTo("ok  haproxy -c  edge is accepted\nok  nginx -t    ingress is accepted\n");
    }

    @Test
    void shouldGiveUpWhenHaproxyHangs(@TempDir Path scratch) throws IOException {
        var hanging = scratch.resolve("haproxy");
        Files.writeString(hanging, "#!/bin/sh\nexec sleep 30\n");
        assertThat(hanging.toFile().setExecutable(true)).isTrue();
        var haproxy = new HaproxyTest(HaproxyBinary.find(hanging.toString(), ""), Duration.ofMillis(300));
        var config = render("set: edge.kind=haproxy\n", scratch);
        assertThatThrownBy(() -> haproxy.test(config)).hasMessageStartingWith("haproxy -c must end in time");
    }
}
