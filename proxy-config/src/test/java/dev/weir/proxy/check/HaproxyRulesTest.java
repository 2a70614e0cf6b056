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

final class HaproxyRulesTest {

    private static final Optional<Duration> HEARTBEAT = Optional.of(Duration.ofSeconds(25));
    private final Map<String, String> values = new HashMap<>(Map.of(
            "timeout_tunnel",
            "120s",
            "timeout_client",
            "50s",
            "timeout_server",
            "50s",
            "maxconn",
            "6000",
            "source",
            "none"));

    private List<Finding> findings(int connections) {
        var limits = new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2);
        var hop = new HopFacts("edge", ProxyKind.HAPROXY, values, 1, new Demand(connections, limits));
        return Rules.evaluate(List.of(hop), HEARTBEAT);
    }

    @Test
    void shouldFindNothingWhenItCarriesTheLoad() {
        assertThat(findings(5_000)).isEmpty();
    }

    @Test
    void shouldTakeTheShorterSideWhenThereIsNoTunnelTimeout() {
        values.put("timeout_tunnel", "none");
        values.put("timeout_server", "20s");
        assertThat(findings(5_000))
                .containsExactly(
                        new Finding.TunnelTimeoutBelowHeartbeat("edge", "timeout_server", 20_000, Optional.of(25_000L)))
                .allMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @Test
    void shouldRefuseWhenTheProcessCannotHoldThem() {
        assertThat(findings(7_000)).containsExactly(new Finding.MaxconnBelowBudget("edge", 6_000, 7_000));
        assertThat(findings(12_000))
                .containsExactly(new Finding.DescriptorLimitBelowMaxconn("edge", 20_000, 24_256, 9_872));
    }

    @Test
    void shouldCountPortsOfEverySourceAddress() {
        var limits = new HostLimits(200_000, PortRange.LINUX_DEFAULT, 2);
        values.put("maxconn", "40000");
        var one = new HopFacts("edge", ProxyKind.HAPROXY, values, 1, new Demand(28_000, limits));
        assertThat(Rules.evaluate(List.of(one), HEARTBEAT))
                .containsExactly(new Finding.EphemeralPortsPerUpstreamBelowBudget("edge", 28_232, 14_116, 28_000, 2));
        values.put("source", "127.0.0.2,127.0.0.3");
        var two = new HopFacts("edge", ProxyKind.HAPROXY, values, 1, new Demand(28_000, limits));
        assertThat(Rules.evaluate(List.of(two), HEARTBEAT)).isEmpty();
    }
}
