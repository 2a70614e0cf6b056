package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.HopNetwork.Ports;
import dev.weir.loadgen.scenario.HopNetwork.Tracking;
import dev.weir.loadgen.scenario.Nat;
import dev.weir.loadgen.scenario.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacketRulesTest {
    private static final String HOST = "10.7.0.1";

    private static List<String> rules(HopNetwork network) {
        return PacketRules.of(network, HOST).stream()
                .map(rule -> String.join(" ", rule))
                .toList();
    }

    @Test
    void shouldHaveNoRuleForAFreshNamespace() {
        assertThat(rules(HopNetwork.PLAIN.withAddresses(3))).isEmpty();
    }

    @Test
    void shouldTrackTheChainButNotThisHostsLooks() {
        assertThat(rules(HopNetwork.PLAIN.withTracking(Tracking.TRACKED)))
                .contains("-t raw -A PREROUTING -s 10.7.0.1 -j NOTRACK", "-A INPUT -m conntrack --ctstate INVALID")
                .doesNotContain("-t raw -A PREROUTING -p tcp -j NOTRACK");
    }

    @Test
    void shouldTakeTheChainOutOfTrackingAsTheRemedy() {
        assertThat(rules(HopNetwork.PLAIN.withTracking(Tracking.NOTRACK)))
                .contains(
                        "-t raw -A PREROUTING -p tcp -j NOTRACK",
                        "-t raw -A OUTPUT -p tcp -j NOTRACK",
                        "-A INPUT -m conntrack --ctstate INVALID");
    }

    @Test
    void shouldTranslateToARangeAndLoseAShare() {
        assertThat(rules(HopNetwork.PLAIN
                        .withMasquerade(new Ports(50_000, 50_019))
                        .withLoss(0.02)))
                .contains(
                        "-t nat -A POSTROUTING -o eth0 ! -d 10.7.0.1 -p tcp -j MASQUERADE --to-ports 50000-50019",
                        "-A INPUT -i eth0 ! -s 10.7.0.1 -m statistic --mode random --probability 0.020000 -j DROP");
    }

    @Test
    void shouldAskForProgramsThatAVariantNeedsOnly() {
        Network.Namespaces router = new Network.Namespaces(Map.of(), Optional.of(new Nat(Map.of(), Optional.empty())));
        Network.Namespaces lossy =
                new Network.Namespaces(Map.of("edge", HopNetwork.PLAIN.withLoss(0.1)), Optional.empty());

        assertThat(NetworkTools.needed(Network.Namespaces.PLAIN)).containsOnlyKeys("ip", "nsenter");
        assertThat(NetworkTools.needed(lossy)).containsOnlyKeys("ip", "nsenter", "iptables");
        assertThat(NetworkTools.needed(router)).containsEntry("conntrack", "conntrack");
    }
}
