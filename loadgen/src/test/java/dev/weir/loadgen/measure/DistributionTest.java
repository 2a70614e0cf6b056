package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadgen.outcome.Percentiles;
import org.junit.jupiter.api.Test;

final class DistributionTest {
    private static Distribution of(long... values) {
        DistributionRecorder recorder = new DistributionRecorder();
        for (long value : values) {
            recorder.record(value);
        }
        return recorder.take();
    }

    @Test
    void shouldSurviveEncodingWhenValuesAreWideApart() {
        Distribution some = of(0, 1, 999, 1_000_000, DistributionRecorder.VALUE_MAX);
        assertThat(Distribution.decoded(some.encoded(), some.clamped())).isEqualTo(some);
    }

    @Test
    void shouldStayAddableWhenDecoded() {
        Distribution small = of(5);
        Distribution decoded = Distribution.decoded(small.encoded(), 0);
        assertThat(decoded.plus(of(DistributionRecorder.VALUE_MAX)).count()).isEqualTo(2);
        assertThat(of(7).plus(decoded)).isEqualTo(of(7, 5));
    }

    @Test
    void shouldClampAndSaySoWhenAValueIsBeyondTheRange() {
        Distribution one = of(DistributionRecorder.VALUE_MAX * 2, -5);
        assertThat(one.clamped()).isEqualTo(1);
        assertThat(one.count()).isEqualTo(2);
        assertThat(one.min()).isZero();
    }

    @Test
    void shouldHaveNoFiguresWhenEmpty() {
        assertThat(Distribution.EMPTY.percentiles(1)).isEqualTo(Percentiles.NONE);
        assertThat(Distribution.EMPTY.max()).isZero();
    }

    @Test
    void shouldStartAnewWhenTaken() {
        DistributionRecorder recorder = new DistributionRecorder();
        recorder.record(3);
        assertThat(recorder.take().count()).isEqualTo(1);
        assertThat(recorder.take()).isSameAs(Distribution.EMPTY);
    }

    @Test
    void shouldRefuseWhatIsNoHistogram() {
        assertThatThrownBy(() -> Distribution.decoded("AAAA", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWriteAnIntervalLogThatNamesItsTags() {
        HistogramLog log = new HistogramLog(1_000_000);
        log.add("connect", 0, 1_500, of(1_000));
        log.add("deliverActual", 0, 1_500, Distribution.EMPTY);
        assertThat(log.text()).contains("#[Histogram log format version", "Tag=connect,0.000,1.500,1.000,");
        assertThat(log.text()).doesNotContain("deliverActual");
    }
}
