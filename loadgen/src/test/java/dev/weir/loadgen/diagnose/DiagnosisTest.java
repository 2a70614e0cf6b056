package dev.weir.loadgen.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiagnosisTest {
    @Test
    void shouldNameNothingWhenTheChainIsHealthy() {
        assertThat(Chain.healthy().diagnose().causes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "ingress"})
    void shouldNameTheHopWhoseLogShowsItWhenIdleConnectionsAreCut(String hop) {
        Diagnosis diagnosis =
                Faults.idleTimeout(Chain.healthy(), hop, 4_987, 3.0, 80, 2_000).diagnose();

        Cause cause = only(diagnosis);
        assertThat(named(cause)).isEqualTo("idle-timeout@" + hop + " certain");
        assertThat(cause.says()).contains("4,987 connections 3.0 s after the last byte");
        assertThat(cause.fix()).contains("proxy_read_timeout").contains("at most every 1.5 s");
    }

    @Test
    void shouldSeeACeilingThatWasLowForAMomentOnly() {
        // tcp_mem has its old value again before and after: only the share of the moment tells.
        Chain memory = Faults.tcpMemoryGone(Chain.healthy(), 49)
                .set("host", "sockstat", "TCP.mem", 4_808, 80_310, 11_336)
                .set("host", "host", "tcp_mem.share", 0.01, 5.02, 0.02)
                .without("host", "kernel-log", "dmesg is not allowed");

        assertThat(named(only(memory.diagnose()))).isEqualTo("tcp-memory@host certain");
        assertThat(only(memory.diagnose()).says()).contains("at most 502 % of what was allowed at that moment");

        Chain orphans = Faults.tooManyOrphans(Chain.healthy(), 60)
                .set("host", "sockstat", "TCP.orphan", 0, 60, 0)
                .set("host", "host", "orphans.share", 0, 3, 0);

        assertThat(named(only(orphans.diagnose()))).isEqualTo("orphans@host certain");
        assertThat(only(orphans.diagnose()).says()).contains("60 were seen, at most 300 %");
    }

    @Test
    void shouldCountConnectionsByTheProxysOwnPageWhenTheirSocketsAreTooManyToList() {
        Chain many = Chain.healthy()
                .set("edge", "process", "pss", 453e6, 8_155e6)
                .set("edge", "ss", "down.sockets", 0, 37_813)
                .set("edge", "nginx-status", "active", 1, 400_001);

        assertThat(named(only(many.diagnose()))).isEqualTo("proxy-buffers@edge certain");

        many.set("host", "ss", "truncated", 0, 1);

        assertThat(many.diagnose().causes()).isEmpty();
    }

    @Test
    void shouldTakeTheEnginesWordForAKillWhenNeitherGroupNorKernelLogCanBeRead() {
        Chain chain = Faults.workerKilled(Chain.healthy(), "edge", 5_000)
                .without("edge", "cgroup", "no control groups here")
                .without("host", "kernel-log", "dmesg is not allowed")
                .set("edge", "container", "oom", 0, 1);

        assertThat(named(chain.diagnose().causes().getFirst())).isEqualTo("memory-limit@edge certain");
    }

    @Test
    void shouldBeOnlyLikelyWhenNoLogCanBeRead() {
        Chain chain = Faults.idleTimeout(Chain.healthy(), "edge", 4_987, 3.0, 80, 2_000)
                .without("edge", "error-log", "no log path given")
                .without("ingress", "error-log", "no log path given");

        assertThat(named(only(chain.diagnose()))).isEqualTo("idle-timeout@edge likely");
    }

    @Test
    void shouldBeOnlyPossibleWhenNoFigureOfAHopSpeaksForIt() {
        Chain chain = Faults.idleTimeout(Chain.healthy(), "edge", 4_987, 3.0, 80, 2_000)
                .without("edge", "error-log", "no log path given")
                .without("ingress", "error-log", "no log path given")
                .without("edge", "nginx-status", "no status URL given");

        assertThat(named(only(chain.diagnose()))).isEqualTo("idle-timeout@edge possible");
    }

    @Test
    void shouldBeOnlyLikelyWhenTheSilencesLieApartButTheLogCountsThem() {
        Chain chain = Faults.idleTimeout(Chain.healthy(), "edge", 4_987, 3.0, 4_000, 2_000);

        assertThat(named(only(chain.diagnose()))).isEqualTo("idle-timeout@edge likely");
    }

    @Test
    void shouldNotCallItATimerWhenOneMomentExplainsTheEqualSilences() {
        Chain chain = Chain.healthy()
                .cut("edge", "normal", 4_987, 3_000, 80, 90)
                .without("edge", "error-log", "no log path given")
                .without("ingress", "error-log", "no log path given");

        assertThat(chain.diagnose().causes()).isEmpty();
    }

    @Test
    void shouldNotBlameTheIdleTimerWhenTheLogSpeaksOfClientsThatDoNotRead() {
        Chain chain = Faults.stalledReaders(Chain.healthy(), 200, 3e6).cut("edge", "normal", 200, 3_000, 80, 4_000);
        Faults.sendTimeout(chain, "edge", 200, false).without("ingress", "error-log", "no log path given");

        assertThat(chain.diagnose().causes())
                .extracting(DiagnosisTest::named)
                .contains("slow-readers@agents certain", "send-timeout@edge certain")
                .noneMatch(name -> name.startsWith("idle-timeout"));
    }

    @Test
    void shouldLookBehindTheEdgeWhenItsOwnLogIsSilent() {
        Chain chain = Faults.idleTimeout(Chain.healthy(), "ingress", 4_987, 3.0, 80, 2_000)
                .without("ingress", "error-log", "no log path given");

        assertThat(named(only(chain.diagnose()))).isEqualTo("idle-timeout@ingress possible");
    }

    @Test
    void shouldPutSlowReadersFirstWhenTheEdgeGivesUpOnThem() {
        Chain chain = Faults.stalledReaders(Chain.healthy(), 200, 3e6);
        Diagnosis diagnosis = Faults.sendTimeout(chain, "edge", 200, false).diagnose();

        assertThat(diagnosis.causes())
                .extracting(DiagnosisTest::named)
                .containsExactly(
                        "slow-readers@agents certain", "send-timeout@edge certain", "socket-queues@edge certain");
        assertThat(diagnosis.causes().getFirst().says())
                .contains("200 of 5,000 connections")
                .contains("gateway 600.1 MB, ingress 600.1 MB, edge 600.1 MB");
    }

    @Test
    void shouldPutSlowReadersFirstWhenTheGatewayCutsThem() {
        Chain chain = Faults.stalledReaders(Chain.healthy(), 200, 10_000);

        assertThat(Faults.slowConsumerPolicy(chain, 200, 0).diagnose().causes())
                .extracting(DiagnosisTest::named)
                .containsExactly("slow-readers@agents certain", "slow-consumer-policy@gateway certain");
    }

    @Test
    void shouldKeepSlowReadersFirstWhenTheirSocketsCannotBeSeen() {
        Chain chain = Faults.sendTimeout(Faults.stalledReaders(Chain.healthy(), 200, 3e6), "edge", 200, true);
        for (String hop : List.of("agents", "edge", "ingress", "gateway")) {
            chain.without(hop, "ss", "ss not found");
        }

        assertThat(chain.diagnose().causes())
                .extracting(DiagnosisTest::named)
                .containsExactly("slow-readers@agents likely", "send-timeout@edge certain");
    }

    @Test
    void shouldNameTheHopThatDoesNotReadWhenTheAgentsDo() {
        Chain chain = Chain.healthy()
                .add("host", "netstat", "TcpExt.TCPToZeroWindowAdv", 50)
                .add("host", "netstat", "TcpExt.TCPWinProbe", 200)
                .add("ingress", "ss", "down.persist", 50)
                .add("ingress", "ss", "down.stuck", 50);

        assertThat(named(only(chain.diagnose()))).isEqualTo("slow-readers@edge certain");
    }

    @Test
    void shouldNameEachWhenIdleAndStalledConnectionsAreCutTogether() {
        Chain chain = Faults.stalledReaders(Chain.healthy(), 100, 3e6);
        Faults.sendTimeout(chain, "edge", 100, true);
        Faults.idleTimeout(chain, "edge", 4_000, 3.0, 80, 2_000);

        assertThat(chain.diagnose().causes())
                .extracting(DiagnosisTest::named)
                .contains("slow-readers@agents certain", "idle-timeout@edge certain", "send-timeout@edge certain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agents", "edge", "ingress"})
    void shouldNamePortsWhenConnectsCrawlBeyondHalfOfThem(String hop) {
        Cause cause = only(Faults.portsAtTheKnee(Chain.healthy(), hop, 0.51).diagnose());

        assertThat(named(cause)).isEqualTo("source-ports@" + hop + " likely");
        assertThat(cause.says()).contains("51 % of 56,464 tuples (28,232 ports × 2 pairs of addresses)");
    }

    @Test
    void shouldNotNamePortsWhenConnectsCrawlBelowHalfOfThem() {
        assertThat(Faults.portsAtTheKnee(Chain.healthy(), "edge", 0.4)
                        .diagnose()
                        .causes())
                .noneMatch(cause -> cause.resource() == Resource.SOURCE_PORTS);
    }

    @Test
    void shouldBeCertainOfTheAgentsPortsWhenTheirPairsHoldNoMore() {
        Chain full = Faults.agentsPortsExhausted(Chain.healthy(), "connect", "EADDRNOTAVAIL", 6);

        Cause cause = only(full.diagnose());
        assertThat(named(cause)).isEqualTo("source-ports@agents certain");
        assertThat(cause.says()).contains("all that 100 ports × 6 pairs of addresses hold");
        assertThat(named(only(full.set("agents", "ss", "up.sockets", 0, 300).diagnose())))
                .as("something else may hold the rest")
                .isEqualTo("source-ports@agents likely");
    }

    @Test
    void shouldCountARangeForEachAddressWhenPortsWereBoundBeforeTheDestinationWasKnown() {
        Chain full = Faults.agentsPortsExhausted(Chain.healthy(), "bind", "EADDRINUSE", 6)
                .set("agents", "ss", "up.sources", 0, 2)
                .set("agents", "ss", "up.sockets", 0, 200);

        Cause cause = only(full.diagnose());
        assertThat(named(cause)).isEqualTo("source-ports@agents certain");
        assertThat(cause.says()).contains("2 source addresses hold, bound before the destination was known");
        assertThat(cause.fix()).contains("IP_BIND_ADDRESS_NO_PORT");
    }

    @Test
    void shouldNameTheLimitOfTheServersOnlyWhenNoneWasMarkedDown() {
        Chain full = Chain.healthy()
                .set("edge", "error-log", "no-live-upstreams", 0, 90)
                .failed("http-status", "", 502, 90);

        assertThat(named(only(full.diagnose()))).isEqualTo("admission-limit@edge certain");
        assertThat(full.set("edge", "error-log", "upstream-disabled", 0, 2)
                        .diagnose()
                        .causes())
                .noneMatch(cause -> cause.resource() == Resource.ADMISSION_LIMIT);
    }

    @Test
    void shouldNameDescriptorsSlotsAndPortsWhenTheLogDoes() {
        assertThat(named(only(Faults.filesExhausted(Chain.healthy(), "edge", 40).diagnose())))
                .isEqualTo("file-descriptors@edge certain");
        assertThat(named(only(
                        Faults.slotsExhausted(Chain.healthy(), "ingress", 40).diagnose())))
                .isEqualTo("worker-slots@ingress certain");
        assertThat(named(only(
                        Faults.portsExhausted(Chain.healthy(), "ingress", 40).diagnose())))
                .isEqualTo("source-ports@ingress certain");
    }

    @Test
    void shouldNameTheLimitWhenTheGatewayCountsItsRefusals() {
        Cause cause = only(Faults.admissionLimit(Chain.healthy(), 70).diagnose());

        assertThat(named(cause)).isEqualTo("admission-limit@gateway certain");
        assertThat(cause.says()).contains("refused 70 connections").contains("descriptors at 50 %");
    }

    @Test
    void shouldNameTheProcessWhenItIsGone() {
        Cause worker = only(Faults.workerKilled(Chain.healthy(), "edge", 2_500).diagnose());
        Cause gateway = only(Faults.gatewayGone(Chain.healthy(), 5_000).diagnose());

        assertThat(named(worker)).isEqualTo("process-exit@edge certain");
        assertThat(worker.says()).contains("signal 9").contains("2,500 connections were cut");
        assertThat(named(gateway)).isEqualTo("process-exit@gateway certain");
        assertThat(gateway.says()).contains("wait-status 9");
    }

    @Test
    void shouldNameTheReloadAndNoDeathWhenAReloadReplacedAWorker() {
        Cause cause = only(Faults.reloaded(Chain.healthy(), "edge", 2_500).diagnose());

        assertThat(named(cause)).isEqualTo("reload@edge certain");
        assertThat(cause.says()).contains("2,500 connections were cut");
    }

    @Test
    void shouldCountOnlyTheWaveWhenOtherCutsCameBefore() {
        Chain chain =
                Faults.workerKilled(Chain.healthy(), "edge", 2_500).cut("edge", "normal", 300, 3_000, 4_000, 9_000);

        assertThat(chain.diagnose().causes().getFirst().says()).contains("2,500 connections were cut");
    }

    @Test
    void shouldNotBlameLostAgentsWhenNoSocketWentWithThem() {
        GeneratorLoad oneLost = new GeneratorLoad(0.4, 3, 5, 0, 1);

        assertThat(Chain.healthy().generator(oneLost).diagnose().causes())
                .noneMatch(cause -> cause.resource() == Resource.PROCESS_EXIT);
        assertThat(Chain.healthy()
                        .generator(oneLost)
                        .set("host", "sockstat", "TCP.inuse", 20, 30_000, 15_000)
                        .diagnose()
                        .causes())
                .extracting(DiagnosisTest::named)
                .contains("process-exit@agents likely");
    }

    @Test
    void shouldAccuseTheGeneratorWhenItRanLate() {
        Cause cause = only(Chain.healthy()
                .generator(new GeneratorLoad(0.97, 240, 900, 0, 0))
                .diagnose());

        assertThat(named(cause)).isEqualTo("generator@agents likely");
        assertThat(cause.says()).contains("processor 97 %").contains("late-sends.p99 900 ms");
    }

    @Test
    void shouldNotBeSureWhenAListenerOverflowedWithoutHarm() {
        Chain chain = Chain.healthy()
                .add("host", "netstat", "TcpExt.ListenOverflows", 40)
                .add("host", "netstat", "TcpExt.TCPSynRetrans", 40);

        assertThat(only(chain.diagnose()).rank()).isEqualTo(Rank.POSSIBLE);
    }

    @Test
    void shouldTakeReusedSlotsForWantOfSlotsOnlyWhenClientsWereTurnedAway() {
        assertThat(named(only(Chain.healthy()
                        .add("edge", "error-log", "slots-reused", 2)
                        .failed("no-101", "ECONNRESET", 0, 584)
                        .diagnose())))
                .isEqualTo("worker-slots@edge certain");
        assertThat(Chain.healthy()
                        .add("edge", "error-log", "slots-reused", 2)
                        .diagnose()
                        .causes())
                .as("kept-alive connections that made room")
                .isEmpty();
        assertThat(named(only(Chain.healthy()
                        .add("ingress", "error-log", "slots-reused", 2)
                        .failed("status", "", 502, 110)
                        .diagnose())))
                .isEqualTo("worker-slots@ingress certain");
    }

    @Test
    void shouldTakeReusedSlotsForWantOfSlotsWhenNoClientReports() {
        assertThat(named(only(Chain.healthy()
                        .add("edge", "error-log", "slots-reused", 2)
                        .watched())))
                .isEqualTo("worker-slots@edge likely");
        assertThat(Chain.healthy().watched().causes()).isEmpty();
    }

    @Test
    void shouldSayHowLargeTheTableWasWhenItWasFull() {
        Chain chain = Faults.tableFull(Chain.healthy(), 720, 234).set("host", "conntrack", "max", 262_144, 262_144);

        assertThat(only(chain.diagnose()).says()).contains("100 % full of 720;").doesNotContain("262");
    }

    private static Cause only(Diagnosis diagnosis) {
        assertThat(diagnosis.causes()).hasSize(1);
        return diagnosis.causes().getFirst();
    }

    static String named(Cause cause) {
        Resource resource = cause.resource();
        return resource.id() + "@" + cause.hop() + " " + cause.rank().id();
    }
}
