package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.Meter;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.outcome.Reach;
import org.junit.jupiter.api.Test;

class PhaseLogTest {
    private final PhaseLog log = new PhaseLog(10);

    @Test
    void shouldGiveEachMessageThatWasAloneItsOwnDeliveriesAndItsOwnLastOne() {
        log.begin("broadcast");
        log.aloneFromHere();
        log.add(arrived(2, 2_000));
        log.add(arrived(1, 1_500));
        log.reached();
        log.aloneFromHere();
        log.add(arrived(3, 1_000));
        log.reached();

        assertThat(log.end().reaches()).containsExactly(new Reach(3, 2), new Reach(3, 1));
    }

    @Test
    void shouldForgetThemWithTheirPhase() {
        log.begin("broadcast");
        log.aloneFromHere();
        log.add(arrived(1, 2_000));
        log.reached();
        log.end();
        log.begin("ten-more");
        log.aloneFromHere();
        log.reached();

        assertThat(log.end().reaches()).containsExactly(new Reach(0, 0));
    }

    @Test
    void shouldKnowOfNoneWhereNoMessageWasAlone() {
        log.begin("hold");
        log.add(arrived(4, 1_000));

        assertThat(log.end().reaches()).isEmpty();
    }

    /** As many deliveries, the last of them this late. */
    private static Tally arrived(int count, long lastMicros) {
        Meter meter = new Meter();
        for (int i = 0; i < count; i++) {
            meter.deliveries(Cohort.NORMAL).delivered();
            meter.arrived(lastMicros - i, lastMicros - i);
        }
        return meter.take(count);
    }
}
