package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Hops with networks of their own. */
final class PlacesTest {

    private static final Demand DEMAND = new Demand(5_000, new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2));

    @Test
    void shouldRenderEachHopForItsOwnNetworkWhenPlacesAreGiven() {
        var places = Places.parse(
                List.of("gateway=one:8000-8001,two:8000", "edge=edge:8080", "ingress=172.30.80.3:8100-8101"));

        var chain = new ChainRequest(Tuning.of("tuned"), DEMAND, Path.of("/chain"), Optional.of(places));
        var rendered = RenderOperation.render(ProxyConfig.at(Goldens.SHIPPED), chain);

        assertThat(rendered.getFirst().upstreamServers()).containsExactly("172.30.80.3:8100", "172.30.80.3:8101");
        assertThat(rendered.getFirst().text()).contains("listen 0.0.0.0:8080 ", "listen 0.0.0.0:8089;");
        assertThat(rendered.getLast().upstreamServers()).containsExactly("one:8000", "one:8001", "two:8000");
        assertThat(rendered.getLast().request().wiring().listen())
                .containsExactly(new HostPort("0.0.0.0", 8100), new HostPort("0.0.0.0", 8101));
    }

    @Test
    void shouldAcceptTlsAtTheEdgeAloneWhenItHasACertificate() {
        var places = Places.parse(List.of("edge=edge:8080", "ingress=ingress:8100", "gateway=gateway:8000"));
        var pem = Path.of("/run/tls/edge.pem");
        for (var sets : List.of(List.<String>of(), List.of("edge.kind=haproxy"))) {
            var chain = new ChainRequest(
                    new Tuning("tuned", Overrides.parse(sets)),
                    DEMAND,
                    Path.of("/chain"),
                    Optional.of(places),
                    Optional.of(TlsFiles.of(pem)));
            var rendered = RenderOperation.render(ProxyConfig.at(Goldens.SHIPPED), chain);

            assertThat(rendered.getFirst().text()).contains(pem.toString());
            assertThat(rendered.getLast().text()).doesNotContain(pem.toString());
        }
    }

    @Test
    void shouldListenOncePerPortWhenSeveralHostsHaveIt() {
        var places = Places.parse(List.of("edge=e:8080", "ingress=a:8100,b:8100", "gateway=g:8000"));
        var chain = new ChainRequest(Tuning.of("stock"), DEMAND, Path.of("/chain"), Optional.of(places));
        assertThat(chain.hops().getLast().wiring().listen()).containsExactly(new HostPort("0.0.0.0", 8100));
    }

    @Test
    void shouldRefuseWhenAPlaceIsMissingTwiceOrNone() {
        refused("edge=e:8080", "ingress=i:8100").hasMessageContaining("gateway=[]");
        refused("edge=e:8080", "edge=e:8081").hasMessageContaining("place=edge=e:8081");
        refused("egde=e:8080").hasMessageContaining("place=egde=e:8080");
        refused("edge=e:8080-8079").hasMessageContaining("place=e:8080-8079");
        refused("edge=e").hasMessageContaining("place=e");
        refused("edge=e:0").hasMessageContaining("port must be in 1..65535");
        refused("edge=e;drop:80").hasMessageContaining("host must be");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String... texts) {
        return assertThatThrownBy(() -> Places.parse(List.of(texts))).isInstanceOf(ProxyConfigException.class);
    }
}
