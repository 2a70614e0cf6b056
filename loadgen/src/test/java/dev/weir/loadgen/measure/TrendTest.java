package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.loadgen.outcome.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class TrendTest {
    private static final int SECONDS = 1_800;
    private static final double MEGABYTE = 1e6;

    /** A sample every four seconds for half an hour, the first two minutes warm-up. */
    private static Series followed(Followed figure, DoubleUnaryOperator bySeconds) {
        return followed(figure, SECONDS, 120, bySeconds);
    }

    private static Series followed(Followed figure, int seconds, int warmUpSeconds, DoubleUnaryOperator bySeconds) {
        List<Long> at = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int second = 4; second <= seconds; second += 4) {
            at.add(second * 1_000L);
            values.add(bySeconds.applyAsDouble(second));
        }
        return new Series("gateway", figure.label(), figure.unit(), warmUpSeconds * 1_000L, at, values);
    }

    /** Chance makes one noise of three thousand look like a line, as often as the test of the slope allows: the same hundred are looked at each time. */
    @Property(tries = 100, seed = "42")
    void shouldFindNoiseFlat(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);

        Trend trend = Trend.of(followed(Followed.RSS, at -> 150e6 + 2e6 * random.nextGaussian()));

        assertThat(trend.finding()).isEqualTo(Trend.Finding.FLAT);
    }

    @Property(tries = 100)
    void shouldFindALeakThatDoublesMemoryInADay(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double perSecond = 150e6 / 86_400;

        Trend trend = Trend.of(followed(Followed.RSS, at -> 150e6 + perSecond * at + 0.2e6 * random.nextGaussian()));

        assertThat(trend.finding()).isEqualTo(Trend.Finding.RISES);
        assertThat(trend.horizonHours()).isCloseTo(60 * 18 / 60.0, within(1e-9));
        assertThat(trend.projected()).isCloseTo(150e6 * 18 / 24, within(15e6));
        assertThat(trend.isJudged()).isTrue();
    }

    @Example
    void shouldFindOneDescriptorThatIsLostInEveryTenthCycle() {
        Trend trend = Trend.of(followed(Followed.DESCRIPTORS, at -> 2_060 + Math.floor(at / 40)));

        assertThat(trend.finding()).isEqualTo(Trend.Finding.RISES);
    }

    @Example
    void shouldForgiveOneThreadThatBegan() {
        Trend trend = Trend.of(followed(Followed.THREADS, at -> at < 900 ? 30 : 31));

        assertThat(trend.line().orElseThrow().differsFromZero()).isTrue();
        assertThat(trend.finding()).isEqualTo(Trend.Finding.FLAT);
    }

    @Example
    void shouldForgiveOneLeapOfAnySize() {
        Trend trend = Trend.of(followed(Followed.RSS, at -> at < 1_000 ? 195e6 : 208e6));

        assertThat(trend.line().orElseThrow().differsFromZero()).isTrue();
        assertThat(trend.finding()).isEqualTo(Trend.Finding.FLAT);
    }

    @Example
    void shouldWaitUntilResidentMemoryHasHadTimeToSettle() {
        DoubleUnaryOperator rising = at -> 193e6 + at * 10_000;

        assertThat(Trend.of(followed(Followed.RSS, 360, 60, rising)).finding()).isEqualTo(Trend.Finding.SETTLES);
        assertThat(Trend.of(followed(Followed.RSS, 1_200, 60, rising)).finding())
                .isEqualTo(Trend.Finding.RISES);
        assertThat(Trend.of(followed(Followed.HEAP, 360, 60, rising)).finding()).isEqualTo(Trend.Finding.RISES);
    }

    @Example
    void shouldNotWaitWhenItGrowsByAQuarterWhileWatched() {
        Trend trend = Trend.of(followed(Followed.RSS, 40, 12, at -> 100e6 + at * 2e6));

        assertThat(trend.finding()).isEqualTo(Trend.Finding.RISES);
    }

    @Example
    void shouldForgiveGrowthThatADayDoesNotFeel() {
        double tenthInADay = 1_500e6 * 0.1 / 86_400;

        Trend trend = Trend.of(followed(Followed.RSS, at -> 1_500e6 + tenthInADay * at));

        assertThat(trend.line().orElseThrow().rise()).isGreaterThan(Followed.RSS.step());
        assertThat(trend.finding()).isEqualTo(Trend.Finding.FLAT);
    }

    @Example
    void shouldSeeThatItFalls() {
        Trend trend = Trend.of(followed(Followed.PSS, at -> 150e6 - 10_000 * at));

        assertThat(trend.finding()).isEqualTo(Trend.Finding.FALLS);
        assertThat(trend.projected()).isNegative();
        assertThat(trend.isJudged()).isFalse();
    }

    @Property(tries = 100)
    void shouldNotLookAtTheWarmUp(@ForAll @DoubleRange(min = 1e6, max = 1e9) double before) {
        Trend trend = Trend.of(followed(Followed.RSS, at -> at < 120 ? before * at : 100e6));

        assertThat(trend.finding()).isEqualTo(Trend.Finding.FLAT);
        assertThat(trend.line().orElseThrow().first()).isCloseTo(100e6, within(1.0));
    }

    @Example
    void shouldProjectNoFurtherThanWhatWasWatchedSpeaksFor() {
        // Two megabytes in 28 seconds would be six gigabytes in a day; nobody knows that yet.
        Trend trend = Trend.of(followed(Followed.HEAP, 40, 12, at -> 200e6 + MEGABYTE * at / 14));

        assertThat(trend.horizonHours()).isCloseTo(60 * 28 / 3_600.0, within(1e-9));
        assertThat(trend.projected()).isCloseTo(120e6, within(1.0));
        assertThat(trend.finding()).isEqualTo(Trend.Finding.RISES);
    }

    @Example
    void shouldSayThatSamplesAreTooFew() {
        assertThat(Trend.of(followed(Followed.HEAP, 28, 12, at -> at * MEGABYTE))
                        .finding())
                .isEqualTo(Trend.Finding.RISES);
        assertThat(Trend.of(followed(Followed.HEAP, 28, 13, at -> at * MEGABYTE))
                        .finding())
                .isEqualTo(Trend.Finding.TOO_FEW);
        assertThat(Trend.of(followed(Followed.HEAP, 0, 0, at -> 0)).finding()).isEqualTo(Trend.Finding.TOO_FEW);
    }
}
