package dev.weir.loadgen.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RateSearchTest {
    private static final Trial PASSED = new Trial(Trial.Result.PASSED, List.of());
    private static final Trial FAILED = new Trial(Trial.Result.FAILED, List.of("too slow"));
    private static final Trial VOID = new Trial(Trial.Result.VOID, List.of("busy"));

    private static RateSearch search(DoubleFunction<Trial> server) {
        RateSearch search = RateSearch.START;
        for (Optional<Double> next = search.next(); next.isPresent(); next = search.next()) {
            search = search.with(next.get(), server.apply(next.get()));
        }
        return search;
    }

    private static DoubleFunction<Trial> keeps(DoublePredicate factor) {
        return tried -> factor.test(tried) ? PASSED : FAILED;
    }

    private static List<Double> factors(RateSearch search) {
        return search.tried().stream().map(RateSearch.Tried::factor).toList();
    }

    @Test
    void shouldDoubleAndThenBisectAndRepeatWhatFailed() {
        RateSearch search = search(keeps(factor -> factor <= 5.2));

        assertThat(factors(search)).containsExactly(1.0, 2.0, 4.0, 8.0, 8.0, 6.0, 6.0, 5.0, 5.5, 5.5);
        assertThat(search.passed()).isEqualTo(5);
        assertThat(search.limitedAt()).map(RateSearch.Tried::factor).contains(5.5);
    }

    @Test
    void shouldGoBelowTheMixWhenThatIsTooMuch() {
        RateSearch search = search(keeps(factor -> factor <= 0.3));

        assertThat(factors(search)).startsWith(1.0, 1.0, 0.5, 0.5, 0.25, 0.375);
        assertThat(search.passed()).isBetween(0.25, 0.3);
    }

    @Test
    void shouldNotBelieveOneFailure() {
        List<Double> seen = new ArrayList<>();
        RateSearch search = search(factor -> {
            boolean isFirst = !seen.contains(factor);
            seen.add(factor);
            return (factor == 2 && isFirst) || factor > 7 ? FAILED : PASSED;
        });

        assertThat(factors(search)).startsWith(1.0, 2.0, 2.0, 4.0, 8.0, 8.0, 6.0);
        assertThat(search.passed()).isBetween(6.0, 7.0);
    }

    @Test
    void shouldEndWithoutAnUpperLimitWhenTheGeneratorIsTheLimit() {
        RateSearch search = search(factor -> factor < 4 ? PASSED : VOID);

        assertThat(factors(search)).containsExactly(1.0, 2.0, 4.0, 4.0);
        assertThat(search.passed()).isEqualTo(2);
        assertThat(search.voidAt()).map(RateSearch.Tried::factor).contains(4.0);
        assertThat(search.limitedAt()).isEmpty();
    }

    @Test
    void shouldStopAtItsBoundsWhenEverythingOrNothingPasses() {
        RateSearch everything = search(keeps(factor -> true));
        RateSearch nothing = search(keeps(factor -> false));

        assertThat(everything.passed()).isEqualTo(RateSearch.FACTOR_MAX);
        assertThat(everything.limitedAt()).isEmpty();
        assertThat(nothing.passed()).isZero();
        assertThat(nothing.limitedAt()).map(RateSearch.Tried::factor).contains(RateSearch.FACTOR_MIN);
    }

    @Property
    void shouldFindAnyLimitWithinItsStep(@ForAll @DoubleRange(min = 0.07, max = 60) double limit) {
        RateSearch search = search(keeps(factor -> factor <= limit));

        assertThat(search.passed()).isLessThanOrEqualTo(limit);
        assertThat(search.failed()).isGreaterThan(limit);
        assertThat(search.failed() / search.passed()).isLessThanOrEqualTo(1.15);
        assertThat(search.tried()).hasSizeLessThanOrEqualTo(RateSearch.TRIALS_MAX);
    }
}
