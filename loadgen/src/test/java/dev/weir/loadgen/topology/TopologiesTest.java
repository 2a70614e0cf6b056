package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Scenarios;
import dev.weir.loadgen.scenario.Variant;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopologiesTest {
    private static final Path HOME =
            Path.of(System.getProperty("weir.home", "..")).toAbsolutePath().normalize();

    private final ComposeTopology compose = new ComposeTopology(
            ProxyConfig.at(HOME.resolve("proxy-config")),
            HOME,
            new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2),
            new Random(1),
            line -> {});

    private boolean offers(Scenario scenario, Wish wish) {
        return scenario.variants().stream()
                .allMatch(variant -> compose.lacks(scenario.plan(variant, wish)).isEmpty());
    }

    @Test
    void shouldOfferInContainersWhatAContainerCanShow() {
        List<String> offered = Scenarios.all().stream()
                .filter(scenario -> offers(scenario, Wish.DEFAULT))
                .map(Scenario::name)
                .toList();

        assertThat(offered)
                .contains(
                        "hold",
                        "traffic",
                        "idle-timeout",
                        "zero-window",
                        "worker-slots",
                        "open-files",
                        "proxy-oom",
                        "worker-preallocation",
                        "too-few-agents",
                        "agent-threads")
                .doesNotContain("orphans", "disconnect-storm", "soak", "tcp-memory", "conntrack-full", "nat-forgets");
    }

    @Test
    void shouldOfferSourcePortsOfAContainerButNotThoseOfTheAgentsNorSeveralAddresses() {
        Scenario proxy = Scenarios.named("proxy-ports").orElseThrow();

        assertThat(proxy.variants().stream()
                        .filter(variant ->
                                compose.lacks(proxy.plan(variant, Wish.DEFAULT)).isEmpty())
                        .map(Variant::name))
                .containsExactly("broken", "fixed", "upstream-ports", "max-fails", "max-conns");
        assertThat(reasons("client-ports"))
                .contains("the agents, processes of this host, have its source ports and its address");
        assertThat(reasons("conntrack-rate")).containsOnly("it needs packet rules of its own, which only netns makes");
    }

    @Test
    void shouldNotOfferReloadsOfAChainThatSomebodyElseBroughtUp() {
        Scenario preallocation = Scenarios.named("worker-preallocation").orElseThrow();
        ComposeTopology attached = compose.attachedTo("weir");

        assertThat(preallocation.variants())
                .allSatisfy(variant -> assertThat(attached.lacks(preallocation.plan(variant, Wish.DEFAULT)))
                        .contains("it reloads a proxy, and with --attach a chain is only looked at"));
        assertThat(attached.lacks(Scenarios.named("hold")
                        .map(hold -> hold.plan(hold.variants().getFirst(), Wish.DEFAULT))
                        .orElseThrow()))
                .isEmpty();
    }

    private List<String> reasons(String scenario) {
        Scenario named = Scenarios.named(scenario).orElseThrow();
        return named.variants().stream()
                .flatMap(variant -> compose.lacks(named.plan(variant, Wish.DEFAULT)).stream())
                .toList();
    }

    @Test
    void shouldSayWhyAChainOfAnotherShapeIsNotOffered() {
        Scenario hold = Scenarios.named("hold").orElseThrow();
        Variant plain = hold.variants().getFirst();
        Wish wish = new Wish(
                OptionalInt.empty(), false, java.util.Optional.empty(), 2, 1, 1, java.util.Optional.empty(), Map.of());

        assertThat(compose.lacks(hold.plan(plain, wish)))
                .contains("compose.yaml has one edge, one ingress and one gateway");
        assertThat(compose.lacks(hold.plan(
                        plain,
                        new Wish(
                                OptionalInt.of(50_000),
                                false,
                                java.util.Optional.empty(),
                                1,
                                1,
                                1,
                                java.util.Optional.empty(),
                                Map.of()))))
                .contains("the agents have one address and 28232 source ports");
    }
}
