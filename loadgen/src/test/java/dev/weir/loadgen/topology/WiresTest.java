package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.scenario.Chain;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiresTest {
    private static final HostLimits LIMITS = new HostLimits(20_000, PortRange.LINUX_DEFAULT, 2);

    private static Wires wires(int edges, int ingresses, int gateways, int connections) {
        return Wires.of(new Chain(edges, ingresses, gateways, "tuned", Map.of(), connections), LIMITS);
    }

    @Test
    void shouldTakeOnePortAHopForFewConnections() {
        assertThat(wires(1, 1, 1, 5_000)).isEqualTo(new Wires(1, 1, java.util.List.of()));
    }

    @Test
    void shouldKeepWithinHalfThePortRange() {
        // Half of 28,232 ports is 14,116: 15,000 connections need two pairs at every hop.
        Wires wires = wires(1, 1, 1, 15_000);

        assertThat(wires.portsPerGateway()).isEqualTo(2);
        assertThat(wires.portsPerIngress()).isEqualTo(2);
        assertThat(wires.agentSources()).containsExactly("127.0.1.1", "127.0.1.2");
    }

    @Test
    void shouldShareWhatIsNeededOverTheProcesses() {
        Wires wires = wires(0, 0, 3, 50_000);

        Wires behind = wires(1, 1, 3, 50_000);

        assertThat(behind.portsPerGateway() * 3).isGreaterThanOrEqualTo(4);
        assertThat(wires.portsPerGateway()).isEqualTo(1);
    }

    @Test
    void shouldKeepAMillionWellBelowTheKneeOfItsSourceAddresses() {
        Wires wires = wires(0, 0, 1, 1_000_000);

        assertThat(wires.portsPerGateway()).isEqualTo(1);
        assertThat(wires.agentSources()).hasSize(119).doesNotHaveDuplicates();
    }
}
