package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final CloseKind FIN = new CloseKind("edge", "fin", 1006, "", Cohort.NORMAL);

    private static Tally tally(int size) {
        Meter meter = new Meter();
        for (int i = 1; i <= size; i++) {
            meter.opened(i * 1_000L);
            meter.failed(new FailureKind("connect", "ECONNREFUSED", 0));
            meter.closed(FIN, i * 10L, i, 5_000 + i);
            meter.deliveries(Cohort.NORMAL).delivered();
            meter.deliveries(Cohort.STALLED).lost(2);
            meter.arrived(2_000L * i, 1_000L * i);
            meter.loopDelay(i);
            meter.lateSend(i);
        }
        return meter.take(size)
                .withGenerator(new GeneratorTally(size, 10L * size, Distribution.EMPTY, Distribution.EMPTY, 0));
    }

    @Test
    void shouldHaveEmptyAsIdentityOfBothAdditions() {
        Tally some = tally(3);
        assertThat(some.plus(Tally.EMPTY)).isEqualTo(some);
        assertThat(Tally.EMPTY.plus(some)).isEqualTo(some);
        assertThat(Tally.EMPTY.then(some)).isEqualTo(some);
    }

    @Test
    void shouldBeAssociative() {
        Tally a = tally(1);
        Tally b = tally(2);
        Tally c = tally(5);
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.then(b).then(c)).isEqualTo(a.then(b.then(c)));
    }

    @Test
    void shouldSumManyAsAddingOneByOne() {
        Tally a = tally(1);
        Tally b = tally(2);
        Tally c = tally(5);
        assertThat(Tally.sum(List.of(a, Tally.EMPTY, b, c))).isEqualTo(a.plus(b).plus(c));
        assertThat(Tally.sum(List.of())).isEqualTo(Tally.EMPTY);
    }

    @Test
    void shouldAddGaugesOfAgentsAndKeepTheLaterOverTime() {
        assertThat(tally(2).plus(tally(3)).held()).isEqualTo(5);
        assertThat(tally(2).then(tally(3)).held()).isEqualTo(3);
    }

    @Test
    void shouldShareProcessorsBetweenAgentsOfOneMachine() {
        GeneratorTally one = new GeneratorTally(40, 100, Distribution.EMPTY, Distribution.EMPTY, 0);
        assertThat(one.plus(one).cpuShare()).isEqualTo(0.8);
        assertThat(one.then(one).cpuShare()).isEqualTo(0.4);
    }

    @Test
    void shouldBecomeAPhaseInMilliseconds() {
        Phase phase = tally(2).toPhase(new PhaseSpan("hold", 100, 200, 5_000), 4, new Published(7, Distribution.EMPTY));

        assertThat(phase.connections().target()).isEqualTo(4);
        assertThat(phase.connections().failed()).containsExactly(new Failure("connect", "ECONNREFUSED", 0, 2));
        Close close = phase.connections().closed().getFirst();
        assertThat(close.count()).isEqualTo(2);
        assertThat(close.firstMillis()).isEqualTo(1);
        assertThat(close.lastMillis()).isEqualTo(2);
        assertThat(close.ageMillis().max()).isEqualTo(20);
        assertThat(phase.deliveries().published()).isEqualTo(7);
        assertThat(phase.deliveries().delivered()).isEqualTo(2);
        assertThat(phase.slowDeliveries().lost()).isEqualTo(4);
        assertThat(phase.latencyMillis().connect().max()).isEqualTo(2.0);
        assertThat(phase.latencyMillis().deliverIntended().max())
                .isEqualTo(4.0, org.assertj.core.data.Offset.offset(0.01));
    }

    @Test
    void shouldFoldKindsWhenThereAreTooMany() {
        Meter meter = new Meter();
        for (int i = 0; i < Meter.KINDS_MAX + 50; i++) {
            meter.closed(new CloseKind("gateway", "close-frame", 4000, "reason " + i, Cohort.NORMAL), 1, 1, 1);
            meter.failed(new FailureKind("protocol", "", i));
        }
        Tally tally = meter.take(0);
        assertThat(tally.closes()).hasSizeLessThanOrEqualTo(Meter.KINDS_MAX + 1);
        assertThat(tally.closed()).isEqualTo(Meter.KINDS_MAX + 50);
        assertThat(tally.failures()).hasSizeLessThanOrEqualTo(Meter.KINDS_MAX + 1);
        assertThat(tally.failed()).isEqualTo(Meter.KINDS_MAX + 50);
    }

    @Test
    void shouldNameEachLimitWhenTheGeneratorIsSaturated() {
        DistributionRecorder late = new DistributionRecorder();
        late.record(150_000);
        GeneratorTally busy = new GeneratorTally(95, 100, late.take(), Distribution.EMPTY, 0);
        List<String> tripped = Saturation.tripped(busy.toLoad(0));
        assertThat(tripped)
                .containsExactly(
                        "event loops of the agents ran late by 150 ms at p99, more than 100 ms",
                        "agents used 95 % of the CPU they may use, more than 90 %");
        assertThat(Saturation.tripped(GeneratorTally.NONE.toLoad(0))).isEmpty();
    }
}
