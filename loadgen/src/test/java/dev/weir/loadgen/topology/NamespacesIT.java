package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.loadgen.scenario.HopNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NamespacesIT {
    private static List<String> leftovers() throws IOException {
        List<String> left = new ArrayList<>(Command.run("ip", "netns", "list"));
        left.addAll(Command.run("ip", "-o", "link"));
        return left;
    }

    @Test
    void shouldGiveHopsSettingsOfTheirOwnAndLeaveNothing() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")), "needs root");
        List<String> before = leftovers();
        String id = "weir-t" + ProcessHandle.current().pid();
        String hostRange = Sysctls.read("net.ipv4.ip_local_port_range");
        Ledger ledger = new Ledger(Ledger.FOLDER, id);
        try (ledger) {
            Namespaces namespaces = new Namespaces(ledger, id, new Subnet(198, 19));
            namespaces.makeBridge();
            namespaces.join("edge", HopNetwork.PLAIN.withSysctls(Map.of("net.ipv4.ip_local_port_range", "2000 2050")));
            List<String> look = new ArrayList<>(namespaces.prefix("edge"));
            look.addAll(List.of("cat", "/proc/sys/net/ipv4/ip_local_port_range"));

            assertThat(Command.run(look)).singleElement().asString().matches("2000\\s+2050");
            assertThat(Sysctls.read("net.ipv4.ip_local_port_range")).isEqualTo(hostRange);
            assertThat(leftovers()).isNotEqualTo(before);
        }

        assertThat(leftovers()).isEqualTo(before);
    }

    @Test
    void shouldTrackTranslateAndLoseInOneNamespaceOnly() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")), "needs root");
        List<String> before = leftovers();
        String id = "weir-u" + ProcessHandle.current().pid();
        Ledger ledger = new Ledger(Ledger.FOLDER, id);
        try (ledger) {
            Namespaces namespaces = new Namespaces(ledger, id, new Subnet(198, 19));
            namespaces.makeBridge();
            HopNetwork everything = HopNetwork.PLAIN
                    .withAddresses(3)
                    .withTracking(HopNetwork.Tracking.NOTRACK)
                    .withMasquerade(new HopNetwork.Ports(50_000, 50_019))
                    .withLoss(0.5);
            List<String> addresses = namespaces.join("edge", everything);
            namespaces.join("ingress", HopNetwork.PLAIN);

            assertThat(addresses).containsExactly("198.19.1.1", "198.19.1.2", "198.19.1.3");
            assertThat(inside(namespaces, "edge", "ip", "-4", "-o", "address"))
                    .filteredOn(line -> line.contains("198.19.1."))
                    .hasSize(3);
            assertThat(String.join("\n", inside(namespaces, "edge", "iptables-save")))
                    .contains("NOTRACK", "--to-ports 50000-50019", "--probability 0.5");
            assertThat(String.join("\n", inside(namespaces, "ingress", "iptables-save")))
                    .doesNotContain("-A ");
            // This host's look at a hop is never lost.
            for (int i = 0; i < 20; i++) {
                assertThat(InetAddress.getByName("198.19.1.2").isReachable(2_000))
                        .isTrue();
            }
        }

        assertThat(leftovers()).isEqualTo(before);
    }

    private static List<String> inside(Namespaces namespaces, String name, String... command) throws IOException {
        List<String> line = new ArrayList<>(namespaces.prefix(name));
        line.addAll(List.of(command));
        return Command.run(line);
    }
}
