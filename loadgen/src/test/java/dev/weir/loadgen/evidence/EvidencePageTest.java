package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
    void shouldLetAProbeRestByWhatItsLastReadTookWhoeverAsks() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
        AtomicInteger reads = new AtomicInteger();
        HopTarget edge = HopTarget.ofProcess(
                        "edge", HopKind.NGINX, ProcessHandle.current().pid())
                .withPorts(List.of(8080), List.of());
        SocketProbe slow = new SocketProbe(
                "host",
                List.of(edge),
                ProcessHandle.current().pid(),
                List.of(),
                (pid, family, detailed, most, into) -> {
                    if (!detailed && family == SocketDiag.Family.IPV4) {
                        reads.incrementAndGet();
                        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
                    }
                    SocketRow.parse("ESTAB 0 0 127.0.0.1:8080 127.0.0.1:40000").ifPresent(into::take);
                    return 1;
                });
        EvidencePage page = new EvidencePage(new ProbePlan(List.of(slow), List.of()), now::get);

        String first = page.text();
        now.addAndGet(TimeUnit.MINUTES.toNanos(7));
        String second = page.text();
        int readsInRest = reads.get();
        now.addAndGet(TimeUnit.MINUTES.toNanos(2));
        page.text();

        assertThat(first).contains("weir_hop_probe_up{hop=\"host\",probe=\"ss\"} 1");
        assertThat(second).as("its last figures stand").isEqualTo(first);
        assertThat(List.of(readsInRest, reads.get())).containsExactly(1, 2);
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
