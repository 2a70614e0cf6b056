package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.plan.Descriptors;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.plan.Workers;
import dev.weir.proxy.capacity.PortRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WiresTest {
    private static Wires wires(int edges, int ingresses, int gateways, int connections) {
        List<Station> stations = new ArrayList<>(List.of(new Station.Agents(Station.AS_NEEDED, Station.AS_NEEDED)));
        if (edges > 0) {
            stations.add(new Station.Proxy("edge", edges, 1, 1, Workers.TUNED));
        }
        if (ingresses > 0) {
            stations.add(new Station.Proxy("ingress", ingresses, 1, Station.AS_NEEDED, Workers.TUNED));
        }
        stations.add(new Station.Gateway(gateways, Station.AS_NEEDED));
        return Wires.of(Load.of(connections, stations).wired(PortRange.LINUX_DEFAULT, new Descriptors(20_000, false)));
    }

    @Test
    void shouldTakeOnePortAHopForFewConnections() {
        assertThat(wires(1, 1, 1, 5_000)).isEqualTo(new Wires(1, 1, 1, List.of()));
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
