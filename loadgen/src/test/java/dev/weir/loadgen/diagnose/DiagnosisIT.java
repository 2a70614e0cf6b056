package dev.weir.loadgen.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.evidence.EvidenceCollector;
import dev.weir.loadgen.evidence.EvidenceLog;
import dev.weir.loadgen.evidence.NginxChain;
import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Connections;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Latencies;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From two real proxies to the cause, without anything in between being told what was broken. */
final class DiagnosisIT {
    private static final int COUNT = 40;

    @TempDir
    Path folder;

    @Test
    void shouldNameTheIdleTimerWhenTheEdgeHasOne() throws Exception {
        try (NginxChain chain = new NginxChain(folder, "proxy_read_timeout 1s;");
                EvidenceCollector collector = EvidenceCollector.start(chain.hops())) {
            for (Socket client : chain.open("/idle", COUNT)) {
                client.setSoTimeout(4_000);
                assertThat(client.getInputStream().read()).isNegative();
            }
            Percentiles idle = new Percentiles(COUNT, 1_001, 1_003, 1_008, 1_010, 1_010, 1_010);
            Close close = new Close("edge", "fin", 1006, "", COUNT, "normal", idle, idle, 1_000, 1_100);

            assertThat(diagnose(chain, collector.stop(), List.of(close), Deliveries.NONE))
                    .containsExactly("idle-timeout@edge certain");
        }
    }

    @Test
    void shouldNameTheReadersWhenTheyStallAndTheEdgeGivesUp() throws Exception {
        try (NginxChain chain = new NginxChain(folder, "send_timeout 3s;");
                EvidenceCollector collector = EvidenceCollector.start(chain.hops())) {
            chain.open("/flood", COUNT);
            TimeUnit.MILLISECONDS.sleep(5_500);

            assertThat(diagnose(chain, collector.stop(), List.of(), new Deliveries(100, 100 * COUNT, 0, 0, 0, 0)))
                    .containsExactly("slow-readers@agents certain", "send-timeout@edge certain", "socket-queues");
        }
    }

    @Test
    void shouldNameNothingWhenTheChainIsWell() throws Exception {
        try (NginxChain chain = new NginxChain(folder, "proxy_read_timeout 60s;");
                EvidenceCollector collector = EvidenceCollector.start(chain.hops())) {
            chain.open("/idle", COUNT);
            TimeUnit.MILLISECONDS.sleep(2_500);

            assertThat(diagnose(chain, collector.stop(), List.of(), Deliveries.NONE))
                    .isEmpty();
        }
    }

    /** Causes with hop and rank; which of the three hops has the longest queue is the kernel's choice, so that one is left out. */
    private static List<String> diagnose(NginxChain chain, EvidenceLog log, List<Close> closes, Deliveries slow) {
        Connections connections = new Connections(COUNT, COUNT, COUNT, List.of(), closes);
        Latencies latencies = new Latencies(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, Percentiles.NONE);
        Phase phase = new Phase(
                "hold", 0, 5_000, connections, Deliveries.NONE, slow, latencies, new GeneratorLoad(0.2, 1, 1, 0, 0));
        List<Hop> hops = chain.hops().stream()
                .map(hop -> new Hop(
                        hop.name(),
                        hop.name().equals("gateway") ? "gateway" : hop.kind().id(),
                        "",
                        List.of(hop.pid()),
                        ""))
                .toList();
        return Diagnosis.of(List.of(phase), log.evidence(), log.missing(), hops).causes().stream()
                .map(DiagnosisTest::named)
                .map(name -> name.startsWith("socket-queues") ? "socket-queues" : name)
                .toList();
    }
}
