package dev.weir.loadgen.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.GeneratorLoad;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Chains drawn by seed from fault, hop, size and missing probes, each printed with its seed; the right cause comes out on top. */
final class DrawnChainsTest {
    private static final int CHAINS = 120;
    private static final double RIGHT_MIN = 0.9;

    @Test
    void shouldPutTheRightCauseOnTopWhenChainsAreDrawn() {
        List<String> wrong = new ArrayList<>();
        for (Draw draw : LongStream.range(0, CHAINS).mapToObj(Draw::of).toList()) {
            List<Cause> causes = draw.chain().diagnose().causes();
            String found = causes.isEmpty() || causes.getFirst().rank() == Rank.POSSIBLE
                    ? ""
                    : causes.getFirst().resource().id() + "@"
                            + causes.getFirst().hop();
            boolean right = found.equals(draw.expected());
            String line = draw + ": expected " + draw.expected() + ", found "
                    + causes.stream().map(DiagnosisTest::named).toList();
            System.out.println((right ? "right  " : "WRONG  ") + line);
            if (!right) {
                wrong.add(line);
            }
            if (draw.fault().equals("none")) {
                assertThat(causes).as(line).allMatch(cause -> cause.rank() == Rank.POSSIBLE);
            }
        }

        assertThat(wrong).as(String.join("\n", wrong)).hasSizeLessThanOrEqualTo((int) ((1 - RIGHT_MIN) * CHAINS));
    }

    @Test
    void shouldNameBothWhenTwoFaultsActAtOnce() {
        Chain chain = Faults.tableFull(Chain.healthy(), 4_000, 300);
        Faults.idleTimeout(chain, "ingress", 900, 30, 90, 4_000);

        assertThat(chain.diagnose().causes())
                .extracting(DiagnosisTest::named)
                .containsExactlyInAnyOrder("conntrack-table@host certain", "idle-timeout@ingress certain");
    }

    @Test
    void shouldTellWhatFilledItWhenAWorkerWasKilledForMemory() {
        Chain chain = Faults.killedForMemory(Chain.healthy(), "edge", 48e6, 60, true);

        assertThat(chain.diagnose().causes())
                .extracting(DiagnosisTest::named)
                .containsExactly("memory-limit@edge certain", "proxy-buffers@edge certain");
        assertThat(chain.diagnose().causes().getFirst().says())
                .contains("filled by its own memory")
                .contains("60 connections were cut within 60 ms");
    }

    @Test
    void shouldNotBlameBuffersWhenTheKernelHoldsTheBytes() {
        Chain chain = Faults.stalledReaders(Chain.healthy(), 400, 3e6);

        assertThat(chain.diagnose().causes())
                .extracting(Cause::resource)
                .contains(Resource.SOCKET_QUEUES)
                .doesNotContain(Resource.PROXY_BUFFERS);
    }

    @Test
    void shouldClaimNoLatenessWhenTheGeneratorWasSaturated() {
        GeneratorLoad saturated = new GeneratorLoad(0.97, 240, 900, 0, 0);
        Chain busy = Faults.busy(Chain.healthy(), "edge", 20).generator(saturated);
        Chain stalled = Faults.stallsAtTeardown(Chain.healthy(), 4_000, 900).generator(saturated);

        for (Chain chain : List.of(busy, stalled)) {
            assertThat(chain.diagnose().causes())
                    .filteredOn(cause -> cause.resource() != Resource.GENERATOR)
                    .isNotEmpty()
                    .allMatch(cause -> cause.rank() == Rank.POSSIBLE);
        }
    }

    @Test
    void shouldNotCallItAKillWhenOnlyASharedGroupCountsOne() {
        Chain chain = Chain.healthy().add("edge", "cgroup", "oom_kill", 1);

        assertThat(chain.diagnose().causes()).isEmpty();
    }
}
