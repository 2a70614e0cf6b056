package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Evidence;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evidence that real nginx and a real kernel give for the two commonest faults. */
final class EvidenceCollectorIT {
    private static final int COUNT = 40;

    @TempDir
    Path folder;

    @Test
    void shouldSeeTheTimerWhenTheEdgeCutsIdleConnections() throws Exception {
        try (NginxChain chain = new NginxChain(folder, "proxy_read_timeout 1s;");
                EvidenceCollector collector = EvidenceCollector.start(chain.hops())) {
            List<Socket> clients = chain.open("/idle", COUNT);
            long closed = 0;
            for (Socket client : clients) {
                client.setSoTimeout(4_000);
                closed += client.getInputStream().read() < 0 ? 1 : 0;
            }
            EvidenceLog log = collector.stop();

            assertThat(closed).isEqualTo(COUNT);
            assertThat(log.missing()).isEmpty();
            assertThat(figure(log, "edge", "error-log", "upstream-timed-out-upgraded")
                            .after())
                    .isEqualTo(COUNT);
            assertThat(figure(log, "edge", "error-log", "client-timed-out-upgraded")
                            .after())
                    .isZero();
            assertThat(figure(log, "ingress", "error-log", "upstream-timed-out-upgraded")
                            .after())
                    .isZero();
            assertThat(figure(log, "edge", "ss", "down.persist").peak()).isZero();
            assertThat(figure(log, "edge", "process", "alive").after()).isEqualTo(1);
            assertThat(figure(log, "edge", "process", "workers").after()).isEqualTo(2);
        }
    }

    @Test
    void shouldSeeWindowsQueuesAndTheSendTimerWhenReadersStall() throws Exception {
        try (NginxChain chain = new NginxChain(folder, "send_timeout 3s;", true);
                EvidenceCollector collector = EvidenceCollector.start(chain.hops())) {
            chain.open("/flood", COUNT);
            TimeUnit.MILLISECONDS.sleep(5_500);
            EvidenceLog log = collector.stop();

            assertThat(log.missing()).isEmpty();
            assertThat(rise(figure(log, "host", "netstat", "TcpExt.TCPToZeroWindowAdv")))
                    .isGreaterThanOrEqualTo(COUNT);
            assertThat(rise(figure(log, "host", "netstat", "TcpExt.TCPWinProbe")))
                    .isGreaterThanOrEqualTo(COUNT);
            assertThat(figure(log, "edge", "ss", "down.stuck").peak()).isEqualTo(COUNT);
            assertThat(figure(log, "edge", "ss", "down.sendq").peak()).isGreaterThan(COUNT * 100_000.0);
            assertThat(figure(log, "agents", "ss", "up.recvq.sockets").peak()).isEqualTo(COUNT);
            assertThat(figure(log, "gateway", "ss", "down.sendq").peak()).isGreaterThan(0);
            assertThat(figure(log, "edge", "error-log", "client-timed-out-upgraded")
                            .after())
                    .isEqualTo(COUNT);
            assertThat(figure(log, "edge", "ss", "down.fin-wait-1").peak()).isEqualTo(COUNT);
            assertThat(figure(log, "host", "sockstat", "TCP.orphan").peak()).isGreaterThanOrEqualTo(COUNT);
        }
    }

    @Test
    void shouldCountTheWorkerAndItsSignalWhenOneIsKilled() throws Exception {
        try (NginxChain chain = new NginxChain(folder, "");
                EvidenceCollector collector = EvidenceCollector.start(chain.hops())) {
            long worker = ProcessFiles.children(chain.hops().get(1).pid()).getFirst();
            ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly);
            TimeUnit.MILLISECONDS.sleep(1_500);
            EvidenceLog log = collector.stop();

            assertThat(figure(log, "edge", "process", "workers.exited").after()).isEqualTo(1);
            assertThat(figure(log, "edge", "error-log", "worker-signal").after())
                    .isEqualTo(9);
        }
    }

    @Test
    void shouldFindThePortsWhenOnlyProcessesAreKnown() throws Exception {
        try (NginxChain chain = new NginxChain(folder, "")) {
            List<HopTarget> known = chain.hops().subList(1, 3);
            List<HopTarget> found = HopPorts.complete(known.stream()
                    .map(hop -> HopTarget.ofProcess(hop.name(), hop.kind(), hop.pid()))
                    .toList());

            assertThat(found.getFirst().listenPorts())
                    .isEqualTo(known.getFirst().listenPorts());
            assertThat(found.getFirst().upstreamPorts())
                    .isEqualTo(known.getFirst().upstreamPorts());
            assertThat(found.getLast().listenPorts()).isEqualTo(known.getLast().listenPorts());
        }
    }

    @Test
    void shouldSayWhyWhenSomethingCannotBeRead() throws Exception {
        HopTarget silent = HopTarget.ofProcess(
                        "edge", HopKind.NGINX, ProcessHandle.current().pid())
                .withErrorLog(folder.resolve("absent.log"))
                .withStatus(java.net.URI.create("http://127.0.0.1:1/stub"));
        try (EvidenceCollector collector = EvidenceCollector.start(List.of(silent))) {
            EvidenceLog log = collector.stop();

            assertThat(log.missing())
                    .extracting(missing -> missing.hop() + " " + missing.probe() + ": " + missing.why())
                    .containsExactlyInAnyOrder(
                            "host ss: no port of these hops is known",
                            "edge error-log: " + folder.resolve("absent.log") + " cannot be read",
                            "edge nginx-status: http://127.0.0.1:1/stub refused the connection");
            assertThat(log.evidence()).noneMatch(e -> e.probe().equals("error-log"));
        }
    }

    @Test
    void shouldAgreeWithTheKernelWhenReadingThisHost() {
        var host = HostReader.read();

        assertThat(host.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(host.memoryBytes()).isGreaterThan(100_000_000);
        assertThat(host.limits()).containsKeys("nofile", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_mem");
    }

    private static Evidence figure(EvidenceLog log, String hop, String probe, String key) {
        return log.evidence().stream()
                .filter(e -> e.hop().equals(hop)
                        && e.probe().equals(probe)
                        && e.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + hop + " " + probe + " " + key + " in " + log.evidence()));
    }

    private static double rise(Evidence evidence) {
        return evidence.peak() - evidence.before();
    }
}
