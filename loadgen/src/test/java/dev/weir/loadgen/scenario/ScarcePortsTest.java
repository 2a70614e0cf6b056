package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.error.LabException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios that rest on a range of ports of the right size. */
class ScarcePortsTest {
    @ParameterizedTest
    @CsvSource({
        "client-ports, broken, 109500, 109440",
        "client-ports, plain-bind, 1000000, 109440",
        "proxy-ports, broken, 85200, 85120",
        "proxy-ports, max-fails, 200000, 85120",
        "conntrack-rate, broken, 45002, 45001",
        "conntrack-rate, roomy, 4501, 4500"
    })
    void shouldRefuseMoreConnectionsThanThereArePortsFor(String scenario, String variant, int connections, int most) {
        assertThatThrownBy(() -> plan(scenario, variant, connections, 1))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("connections must be <= " + most + " where")
                .hasMessageContaining("connections=" + connections);
        assertThat(plan(scenario, variant, most, 1).connections()).isEqualTo(most);
    }

    @Test
    void shouldLetAWideRangeHaveAnyNumber() {
        assertThat(plan("client-ports", "fixed", 1_000_000, 1).connections()).isEqualTo(1_000_000);
        assertThat(plan("proxy-ports", "fixed", 1_000_000, 1).connections()).isEqualTo(1_000_000);
        assertThat(plan("conntrack-rate", "tracked", 1_000_000, 1).connections())
                .isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({"broken, 1, 3000", "broken, 2, 1500", "fixed, 2, 1500", "roomy, 2, 15000"})
    void shouldTranslateToAsManyPortsAsThereAreConnectionsToEachProcess(String variant, int ingresses, int ports) {
        Plan plan = plan("conntrack-rate", variant, 3_000, ingresses);

        assertThat(List.of(plan.chain().surroundings().network()))
                .singleElement()
                .isInstanceOfSatisfying(Network.Namespaces.class, namespaces -> assertThat(
                                namespaces.of("edge").masquerade())
                        .contains(new HopNetwork.Ports(20_000, 20_000 + ports - 1)));
    }

    private static Plan plan(String name, String variant, int connections, int ingresses) {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        Wish wish = new Wish(
                OptionalInt.of(connections), false, Optional.empty(), 1, ingresses, 1, Optional.empty(), Map.of());
        return scenario.variants().stream()
                .filter(each -> each.name().equals(variant))
                .map(each -> scenario.plan(each, wish))
                .findFirst()
                .orElseThrow();
    }
}
