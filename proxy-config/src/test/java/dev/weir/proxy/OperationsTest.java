package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.check.Finding;
import dev.weir.proxy.check.Severity;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.nginx.NginxBinary;
import dev.weir.proxy.nginx.NginxComplaint;
import dev.weir.proxy.nginx.NginxVerdict;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.Settings;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line calls, and the text that it prints. */
final class OperationsTest {

    private static final Demand DEMAND = new Demand(20_000, new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2));
    private static final Optional<Duration> HEARTBEAT = Optional.of(Duration.ofSeconds(25));

    private final ProxyConfig proxies = ProxyConfig.at(Goldens.SHIPPED);

    private static ChainRequest chain(String profile, String... sets) {
        return new ChainRequest(new Tuning(profile, Overrides.parse(List.of(sets))), DEMAND, Path.of("/run/weir"));
    }

    @Test
    void shouldListEverySettingAndProfile() {
        var text = ListOperation.text(proxies);
        assertThat(text).contains(Settings.names()).contains(proxies.profileNames());
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(220));
    }

    @Test
    void shouldWriteBothHopsWhenRendering(@TempDir Path folder) {
        var text = RenderOperation.run(proxies, new ChainRequest(Tuning.of("tuned"), DEMAND, folder));
        assertThat(text).contains("edge     " + folder.resolve("edge.conf"));
        assertThat(folder.resolve("ingress.conf")).content().contains("proxy_read_timeout 150s;");
        assertThat(folder.resolve("edge")).isDirectory();
    }

    @Test
    void shouldWriteNothingWhenOneHopCannotBeRendered(@TempDir Path folder) {
        var tuning = new Tuning(
                "stock", Overrides.parse(List.of("ingress.proxy_buffers=2 4k", "ingress.proxy_buffer_size=64k")));
        var request = new ChainRequest(tuning, DEMAND, folder);
        assertThatThrownBy(() -> RenderOperation.run(proxies, request)).isInstanceOf(ProxyConfigException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldFanOutFarEnoughWhenTheLoadNeedsMorePorts() {
        assertThat(chain("stock").hops().getFirst().wiring().upstreams()).hasSize(2);
        var rendered = RenderOperation.render(proxies, chain("tuned"));
        assertThat(CheckOperation.findings(rendered, HEARTBEAT)).isEmpty();
    }

    @Test
    void shouldReadBackTheValueWhenTheTemplateWasEditedByHand(@TempDir Path scratch) throws IOException {
        var golden = GoldenCase.parse("edit: templates/edge-nginx.conf.peb | {{ proxy_read_timeout }} | 7s\n");
        var edited = ProxyConfig.at(golden.folder(Goldens.SHIPPED, scratch)).render(golden.request(Goldens.RUN_DIR));
        assertThat(edited.effective()).containsEntry("proxy_read_timeout", "7s").containsEntry("send_timeout", "60s");
        assertThat(edited.effective().keySet()).containsExactlyElementsOf(Settings.names());
        assertThat(CheckOperation.findings(List.of(edited), HEARTBEAT))
                .containsExactly(new Finding.ProxyReadTimeoutBelowHeartbeat("edge", 7_000, 25_000));
    }

    @Test
    void shouldReadBackEveryValueThatWentIntoTheTemplate() {
        var sets = new String[] {
            "edge.proxy_bind=127.0.0.2,127.0.0.3,127.0.0.4",
            "edge.balance=random",
            "edge.max_conns=9000",
            "edge.rcvbuf=32k",
            "edge.worker_shutdown_timeout=5m",
            "edge.error_log_level=notice",
            "edge.backlog=99"
        };
        var edge = RenderOperation.render(proxies, chain("tuned", sets)).getFirst();
        assertThat(edge.effective())
                .allSatisfy((name, value) ->
                        assertThat(value).as(name).isEqualTo(edge.resolved().text(name)));
    }

    @Test
    void shouldKnowNginxsOwnDefaultWhenTheTemplateLostALine(@TempDir Path scratch) throws IOException {
        var golden = GoldenCase.parse("""
                profile: tuned
                edit: templates/edge-nginx.conf.peb | proxy_busy_buffers_size {{ proxy_busy_buffers_size }}; |
                edit: templates/edge-nginx.conf.peb | worker_connections {{ worker_connections }}; |
                edit: templates/edge-nginx.conf.peb | so_keepalive={{ so_keepalive }} |
                """);
        var edited = ProxyConfig.at(golden.folder(Goldens.SHIPPED, scratch)).render(golden.request(Goldens.RUN_DIR));
        assertThat(edited.effective())
                .containsEntry("proxy_busy_buffers_size", "8k")
                .containsEntry("worker_connections", "512")
                .containsEntry("so_keepalive", "off");
    }

    @Test
    void shouldShowSettingsAndLinesWhenTuningsDiffer() {
        var report = DiffOperation.run(proxies, chain("idle-timeout"), Tuning.of("idle-timeout-fixed"));
        assertThat(report.text())
                .startsWith("""
                        HOP   SETTING                LEFT  FROM                 RIGHT  FROM
                        edge  proxy_connect_timeout  60s   default              900s   idle-timeout-fixed.yaml:9
                        edge  proxy_send_timeout     180s  idle-timeout.yaml:9  900s   idle-timeout-fixed.yaml:10
                        edge  proxy_read_timeout     180s  idle-timeout.yaml:8  900s   idle-timeout-fixed.yaml:11
                        """)
                .contains("-            proxy_read_timeout 180s;\n+            proxy_read_timeout 900s;\n");
    }

    @Test
    void shouldSayThatNothingDiffersWhenTuningsAreTheSame() {
        assertThat(DiffOperation.run(proxies, chain("stock"), Tuning.of("stock"))
                        .text())
                .isEqualTo("no difference\n");
    }

    @Test
    void shouldPassOnlyWhenNoErrorAndEveryHopAccepted() {
        var complaint = new NginxComplaint("emerg", "no", "t:1", Optional.of("listen"), "x", Optional.empty());
        var rejected = new NginxVerdict(false, List.of(complaint), "");
        var accepted = new NginxVerdict(true, List.of(), "");
        var warning = new Finding.AcceptSkew("edge", "multi_accept");
        var error = new Finding.MaxConnsBelowBudget("edge", 1, 2);
        assertThat(warning.severity()).isEqualTo(Severity.WARNING);
        assertThat(new CheckReport(List.of(warning), Map.of("edge", accepted.verdict())).passed())
                .isTrue();
        assertThat(new CheckReport(List.of(error), Map.of("edge", accepted.verdict())).passed())
                .isFalse();
        assertThat(new CheckReport(List.of(), Map.of("edge", rejected.verdict())).passed())
                .isFalse();
        assertThat(new CheckReport(List.of(), Map.of("edge", rejected.verdict()))
                        .text()
                        .lines())
                .containsExactly(
                        "error  nginx -t  edge: listen must be accepted by nginx: listen=x (t:1); nginx says: no",
                        "error  nginx -t  edge is rejected");
    }

    @Test
    void shouldNameWhatIsMissingWhenTheFolderOrTemplateIsNotThere(@TempDir Path scratch) throws IOException {
        assertThatThrownBy(() -> ProxyConfig.at(scratch)).hasMessageStartingWith("proxy folder must hold");
        var copy = GoldenCase.parse("=== templates/other.peb\n").folder(Goldens.SHIPPED, scratch);
        Files.delete(copy.resolve("templates").resolve(Hop.EDGE.template()));
        var request = chain("stock").hops().getFirst();
        assertThatThrownBy(() -> ProxyConfig.at(copy).render(request))
                .hasMessage("template must be readable: file=" + copy.resolve("templates/edge-nginx.conf.peb"));
    }

    @Test
    void shouldRefuseWhatCannotBeWrittenIntoAConfiguration() {
        var address = List.of(new HostPort("127.0.0.1", 80));
        var status = address.getFirst();
        assertThatThrownBy(() -> new Wiring(address, address, status, Path.of("/run/\"; x")))
                .hasMessageStartingWith("run directory must be absolute and without quotes");
        assertThatThrownBy(() -> new Wiring(address, List.of(), status, Path.of("/run")))
                .hasMessage("upstreams must name an address: upstreams=[]");
        assertThatThrownBy(() -> new HostPort("a;b", 80)).hasMessageContaining("host must be");
        assertThatThrownBy(() -> new HostPort("a", 0)).hasMessage("port must be in 1..65535: port=0 (a)");
        assertThatThrownBy(() -> new Demand(0, DEMAND.limits()))
                .hasMessage("connections must be in 1..100000000: connections=0");
        assertThat(new HostPort("::1", 80)).hasToString("[::1]:80");
    }

    @Test
    void shouldReadTheLimitInForceAndTheRange() {
        assertThat(HostReader.descriptors(
                        "Max open files            1024                 20000                files \n"))
                .isEqualTo(20_000);
        assertThat(HostReader.descriptors("Max open files  unlimited  unlimited  files"))
                .isGreaterThan(1_000_000);
        assertThat(HostReader.descriptors("")).isEqualTo(1_024);
        assertThat(HostReader.ports("1024\t65535\n")).isEqualTo(new PortRange(1_024, 65_535));
        assertThat(HostReader.ports("?")).isEqualTo(PortRange.LINUX_DEFAULT);
        assertThat(HostReader.limits().cores()).isPositive();
    }

    @Test
    void shouldSayHowToGetNginxWhenItIsMissing(@TempDir Path empty) {
        assertThatThrownBy(() -> NginxBinary.find(empty + "/nginx", ""))
                .hasMessage("NGINX_BIN must be an executable file: NGINX_BIN=" + empty + "/nginx")
                .extracting(e -> ((ProxyConfigException) e).kind())
                .isEqualTo(ProxyConfigException.Kind.ENVIRONMENT);
    }
}
