package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LeastSquaresTest {
    private static List<Double> steps(int count) {
        List<Double> x = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            x.add((double) i);
        }
        return x;
    }

    private static LeastSquares noisy(int count, double slope, double noise, SplittableRandom random) {
        List<Double> x = steps(count);
        return LeastSquares.through(
                        x,
                        x.stream()
                                .map(at -> 1e8 + slope * at + noise * random.nextGaussian())
                                .toList())
                .orElseThrow();
    }

    @Property
    void shouldSeeNoSlopeInWhatIsConstant(
            @ForAll @IntRange(min = 3, max = 200) int count, @ForAll @DoubleRange(min = -1e9, max = 1e9) double value) {
        LeastSquares line = LeastSquares.through(
                        steps(count), steps(count).stream().map(at -> value).toList())
                .orElseThrow();

        double grain = Math.ulp(value) * count;
        assertThat(line.slope()).isCloseTo(0, within(grain));
        assertThat(line.error()).isCloseTo(0, within(grain));
        assertThat(line.rise()).isCloseTo(0, within(grain * count));
    }

    @Property
    void shouldFindALineThatIsOne(
            @ForAll @IntRange(min = 3, max = 200) int count,
            @ForAll @DoubleRange(min = -1e4, max = 1e4) double slope,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double from) {
        List<Double> x = steps(count);

        LeastSquares line = LeastSquares.through(
                        x, x.stream().map(at -> from + slope * at).toList())
                .orElseThrow();

        assertThat(line.count()).isEqualTo(count);
        assertThat(line.slope()).isCloseTo(slope, within(1e-5));
        assertThat(line.error()).isCloseTo(0, within(1e-5));
        assertThat(line.first()).isCloseTo(from, within(1e-4));
        assertThat(line.rise()).isCloseTo(slope * (count - 1), within(1e-3));
    }

    @Property
    void shouldNotDependOnTheOrderOfPointsNorOnWhereTimeBegins(
            @ForAll long seed, @ForAll @DoubleRange(min = -1e3, max = 1e3) double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> x = steps(30);
        List<Double> y = x.stream().map(at -> random.nextGaussian()).toList();

        LeastSquares line = LeastSquares.through(x, y).orElseThrow();
        LeastSquares other = LeastSquares.through(
                        x.reversed().stream().map(at -> at + shift).toList(), y.reversed())
                .orElseThrow();

        assertThat(other.slope()).isCloseTo(line.slope(), within(1e-9));
        assertThat(other.error()).isCloseTo(line.error(), within(1e-9));
    }

    @Example
    void shouldAgreeWithAnExampleWorkedOutByHand() {
        // Means 2 and 4; Sxx = 10, Sxy = 6, residuals 1 0 -1 0... sum of squares 2.4, so s² = 0.8 and the error √0.08.
        LeastSquares line = LeastSquares.through(List.of(0.0, 1.0, 2.0, 3.0, 4.0), List.of(2.0, 4.0, 5.0, 4.0, 5.0))
                .orElseThrow();

        assertThat(line.slope()).isCloseTo(0.6, within(1e-12));
        assertThat(line.error()).isCloseTo(Math.sqrt(0.08), within(1e-12));
        assertThat(line.first()).isCloseTo(2.8, within(1e-12));
        assertThat(line.last()).isCloseTo(5.2, within(1e-12));
        assertThat(line.t()).isCloseTo(0.6 / Math.sqrt(0.08), within(1e-12));
    }

    @Example
    void shouldHaveAnErrorOfTheSizeByWhichSlopesReallyMiss() {
        SplittableRandom random = new SplittableRandom(7);
        int runs = 2_000;
        double squares = 0;
        double errors = 0;
        for (int run = 0; run < runs; run++) {
            LeastSquares line = noisy(40, 3, 50, random);
            squares += (line.slope() - 3) * (line.slope() - 3);
            errors += line.error() * line.error();
        }

        assertThat(Math.sqrt(errors / runs)).isCloseTo(Math.sqrt(squares / runs), within(0.05));
    }

    @Example
    void shouldTakeNoiseForASlopeOnceInAThousandTries() {
        SplittableRandom random = new SplittableRandom(11);
        for (int count : new int[] {5, 12, 60}) {
            int runs = 40_000;
            int alarms = 0;
            for (int run = 0; run < runs; run++) {
                alarms += noisy(count, 0, 50, random).differsFromZero() ? 1 : 0;
            }
            assertThat((double) alarms / runs).as("with %d points", count).isBetween(0.0005, 0.0017);
        }
    }

    @Property(tries = 200)
    void shouldSeeASlopeThatStandsOutOfTheNoise(@ForAll long seed) {
        // The true slope is 9.5 of its standard errors.
        LeastSquares line = noisy(40, 6.5, 50, new SplittableRandom(seed));

        assertThat(line.differsFromZero()).isTrue();
        assertThat(line.slope()).isCloseTo(6.5, within(6 * line.error()));
    }

    @Example
    void shouldSayNothingOfTooFewPointsOrOfOneMoment() {
        assertThat(LeastSquares.through(List.of(), List.of())).isEmpty();
        assertThat(LeastSquares.through(List.of(1.0, 2.0), List.of(1.0, 2.0))).isEmpty();
        assertThat(LeastSquares.through(List.of(1.0, 1.0, 1.0), List.of(1.0, 2.0, 3.0)))
                .isEmpty();
        assertThatThrownBy(() -> LeastSquares.through(List.of(1.0), List.of()))
                .hasMessage("x and y must be as many: x=1 y=0");
    }

    @Example
    void shouldContinueTheTableOfStudentsT() {
        assertThat(StudentT.expanded(30)).isCloseTo(StudentT.critical(30), within(0.005));
        // Tables: 3.551 for 40, 3.460 for 60, 3.373 for 120 degrees.
        assertThat(StudentT.critical(40)).isCloseTo(3.551, within(0.003));
        assertThat(StudentT.critical(60)).isCloseTo(3.460, within(0.002));
        assertThat(StudentT.critical(120)).isCloseTo(3.373, within(0.002));
        for (int degrees = 2; degrees < 1_000; degrees++) {
            assertThat(StudentT.critical(degrees)).isLessThan(StudentT.critical(degrees - 1));
        }
        assertThatThrownBy(() -> StudentT.critical(0)).hasMessage("degrees must be >= 1: degrees=0");
    }
}
