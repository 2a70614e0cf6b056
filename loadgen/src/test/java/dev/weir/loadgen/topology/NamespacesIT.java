package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.loadgen.scenario.HopNetwork;
import java.io.IOException;
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
}
