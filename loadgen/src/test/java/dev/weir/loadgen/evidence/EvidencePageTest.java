package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvidencePageTest {
    @Test
    void shouldNameFiguresAsPrometheusDoes() {
        assertThat(EvidencePage.name(new Reading("edge", "cgroup", "memory.usage", "bytes", 1)))
                .isEqualTo("weir_hop_cgroup_memory_usage_bytes");
        assertThat(EvidencePage.name(new Reading("edge", "netstat", "TcpExt.TCPToZeroWindowAdv", "1", 1)))
                .isEqualTo("weir_hop_netstat_tcpext_tcptozerowindowadv");
        assertThat(EvidencePage.name(new Reading("gateway", "gateway", "client_queued_bytes", "bytes", 1)))
                .isEqualTo("weir_hop_gateway_client_queued_bytes");
        assertThat(EvidencePage.name(
                        new Reading("gateway", "gateway", "client_num_server_disconnects{code=3008}", "1", 1)))
                .isEqualTo("weir_hop_gateway_client_num_server_disconnects");
    }

    @Test
    void shouldSayWhatThisProcessHasAndWhatCannotBeRead() {
        HopTarget self = HopTarget.ofProcess(
                "edge", HopKind.NGINX, ProcessHandle.current().pid());

        List<String> page = new EvidencePage(List.of(self)).text().lines().toList();

        assertThat(page).contains("weir_hop_process_alive{hop=\"edge\"} 1");
        assertThat(page).contains("weir_hop_probe_up{hop=\"edge\",probe=\"nginx-status\"} 0");
        assertThat(page)
                .allMatch(line -> line.startsWith("# TYPE weir_hop_") || line.matches("weir_hop_\\w+\\{[^}]*} \\S+"));
    }
}
