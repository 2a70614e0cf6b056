package dev.weir.loadgen.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Any fault at any hop of any size is named, and nothing else is; jqwik prints the seed of a failure. */
final class GeneratedChainsTest {
    @Property(tries = 100)
    void shouldNameNothingSurelyWhenTheChainIsOnlyBusy(
            @ForAll @IntRange(max = 60_000) int queuedKilobytes,
            @ForAll @IntRange(max = 400_000) int tcpPages,
            @ForAll @IntRange(max = 5_000) int unreadSockets,
            @ForAll @IntRange(max = 2) int waiting,
            @ForAll @DoubleRange(max = 0.9) double descriptors,
            @ForAll @IntRange(max = 9) int overflows) {
        Chain chain = Chain.healthy()
                .set("host", "sockstat", "TCP.mem", 0, tcpPages)
                .set("host", "netstat", "TcpExt.TCPToZeroWindowAdv", 5, 5 + waiting)
                .set("host", "netstat", "TcpExt.ListenOverflows", 5, 5 + overflows)
                .set("agents", "ss", "up.recvq.sockets", 0, unreadSockets)
                .set("edge", "process", "descriptors.share", 0, descriptors);
        for (String hop : Chain.HOPS) {
            chain.set(hop, "ss", "down.sendq", 0, queuedKilobytes * 1e3)
                    .set(hop, "ss", "down.persist", 0, waiting)
                    .set(hop, "ss", "down.stuck", 0, 0);
        }

        assertThat(chain.diagnose().causes()).allMatch(cause -> cause.rank() == Rank.POSSIBLE);
    }

    @Property(tries = 100)
    void shouldNameOnlyTheIdleTimerWhenAnyHopCuts(
            @ForAll @IntRange(max = 1) int hop,
            @ForAll @IntRange(min = 1, max = 100_000) int count,
            @ForAll @DoubleRange(min = 1, max = 900) double seconds,
            @ForAll @DoubleRange(max = 240) double spreadMillis,
            @ForAll @IntRange(max = 60_000) int spanMillis) {
        Chain chain = Chain.healthy();
        Faults.idleTimeout(chain, Chain.HOPS.get(hop), count, seconds, spreadMillis, spanMillis);
        Diagnosis diagnosis = chain.diagnose();

        assertThat(diagnosis.causes())
                .extracting(DiagnosisTest::named)
                .containsExactly("idle-timeout@" + Chain.HOPS.get(hop) + " certain");
        restsOnTwo(diagnosis);
    }

    @Property(tries = 100)
    void shouldPutSlowReadersOnTopWhenAnybodyActsOnThem(
            @ForAll @IntRange(min = 3, max = 5_000) int readers,
            @ForAll @DoubleRange(min = 4_096, max = 4e6) double bytesPerHop,
            @ForAll @IntRange(max = 2) int actor,
            @ForAll boolean seen) {
        Chain chain = Faults.stalledReaders(Chain.healthy(), readers, bytesPerHop);
        if (actor == 2) {
            Faults.slowConsumerPolicy(chain, readers, seen ? readers : 0);
        } else {
            Faults.sendTimeout(chain, Chain.HOPS.get(actor), readers, seen);
        }
        Diagnosis diagnosis = chain.diagnose();

        assertThat(DiagnosisTest.named(diagnosis.causes().getFirst())).isEqualTo("slow-readers@agents certain");
        assertThat(resources(diagnosis))
                .contains(actor == 2 ? Resource.SLOW_CONSUMER_POLICY : Resource.SEND_TIMEOUT)
                .doesNotContain(Resource.IDLE_TIMEOUT, Resource.PROCESS_EXIT, Resource.GENERATOR);
        assertThat(diagnosis.causes().get(1).resource())
                .isEqualTo(actor == 2 ? Resource.SLOW_CONSUMER_POLICY : Resource.SEND_TIMEOUT);
        restsOnTwo(diagnosis);
    }

    @Property(tries = 60)
    void shouldNeverBlameTimersOrReadersWhenProcessesDie(
            @ForAll @IntRange(min = 10, max = 100_000) int count, @ForAll @IntRange(max = 2) int hop) {
        Chain chain = hop == 2
                ? Faults.gatewayGone(Chain.healthy(), count)
                : Faults.workerKilled(Chain.healthy(), Chain.HOPS.get(hop), count);

        assertThat(chain.diagnose().causes())
                .extracting(DiagnosisTest::named)
                .containsExactly("process-exit@" + Chain.HOPS.get(hop) + " certain");
    }

    @Property(tries = 60)
    void shouldClaimLessWhenProbesAreMissing(
            @ForAll @IntRange(min = 10, max = 5_000) int count, @ForAll Set<Missing> gone) {
        Chain chain = Faults.stalledReaders(Chain.healthy(), count, 1e6);
        Faults.sendTimeout(chain, "edge", count, true);
        gone.forEach(probe -> probe.from(chain));
        Diagnosis diagnosis = chain.diagnose();

        assertThat(resources(diagnosis)).doesNotContain(Resource.IDLE_TIMEOUT);
        restsOnTwo(diagnosis);
    }

    /** A probe that may be missing. */
    enum Missing {
        NETSTAT,
        AGENT_SOCKETS,
        EDGE_SOCKETS,
        EDGE_LOG,
        INGRESS_LOG,
        SOCKSTAT;

        void from(Chain chain) {
            switch (this) {
                case NETSTAT -> chain.without("host", "netstat", "forbidden");
                case AGENT_SOCKETS -> chain.without("agents", "ss", "ss not found");
                case EDGE_SOCKETS -> chain.without("edge", "ss", "ss not found");
                case EDGE_LOG -> chain.without("edge", "error-log", "no log path given");
                case INGRESS_LOG -> chain.without("ingress", "error-log", "no log path given");
                case SOCKSTAT -> chain.without("host", "sockstat", "forbidden");
            }
        }
    }

    private static Set<Resource> resources(Diagnosis diagnosis) {
        return diagnosis.causes().stream().map(Cause::resource).collect(Collectors.toSet());
    }

    private static void restsOnTwo(Diagnosis diagnosis) {
        Set<String> others = diagnosis.evidence().stream()
                .filter(e -> !e.probe().equals(Symptoms.PROBE))
                .map(Evidence::id)
                .collect(Collectors.toSet());
        Set<String> all = diagnosis.evidence().stream().map(Evidence::id).collect(Collectors.toSet());
        for (Cause cause : diagnosis.causes()) {
            assertThat(cause.because()).hasSizeGreaterThanOrEqualTo(2).isSubsetOf(all);
            assertThat(cause.because()).anyMatch(others::contains);
        }
    }
}
