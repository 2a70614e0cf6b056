package dev.weir.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.RenderedConfig;
import dev.weir.proxy.render.Wiring;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** nginx's messages, in both forms that it prints, traced to the template. */
final class ComplaintParserTest {

    private static RenderedConfig rendered() {
        var address = List.of(new HostPort("127.0.0.1", 18_080));
        var wiring = new Wiring(address, address, new HostPort("127.0.0.1", 18_090), Path.of("/run/weir/hop"));
        var demand = new Demand(100, new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2));
        return ProxyConfig.at(Path.of("").toAbsolutePath())
                .render(new RenderRequest(Hop.EDGE, Tuning.of("stock"), wiring, demand));
    }

    @Test
    void shouldNameTheRuleWhenSlotsExceedDescriptors() {
        var said = "nginx: [warn] 40000 worker_connections exceed open file resource limit: 20000";
        var complaint = new ComplaintParser(rendered()).parse(said).getFirst();
        assertThat(complaint.fatal()).isFalse();
        assertThat(complaint.rule()).contains("DescriptorLimitBelowSlots");
        assertThat(complaint.message())
                .startsWith("worker_connections must not be warned of by nginx: worker_connections=");
    }

    @Test
    void shouldKeepTheMessageWhenItNamesNoPlace() {
        var said = "2026/11/21 10:00:00 [emerg] 17#17: bind() to 127.0.0.2:80 failed (13: Permission denied)";
        var complaint = new ComplaintParser(rendered()).parse(said).getFirst();
        assertThat(complaint.fatal()).isTrue();
        assertThat(complaint.message())
                .isEqualTo("configuration must be accepted by nginx: (edge-nginx.conf.peb); nginx says: bind() to"
                        + " 127.0.0.2:80 failed (13: Permission denied)");
    }

    @Test
    void shouldFindNothingWhenNginxIsContent() {
        var said =
                "nginx: the configuration file x.conf syntax is ok\nnginx: configuration file x.conf test is successful\n";
        assertThat(new ComplaintParser(rendered()).parse(said)).isEmpty();
    }
}
