package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.evidence.SocketCalm.Sums;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 90,000 sockets were walked over a moment ago. */
final class SocketCalmTest {
    private static final Sums THEN = new Sums(0, 90_000, 0, 400, 7);
    private static final long SOON = 2_000_000_000L;

    @Test
    void shouldLetTheLastWalkStandWhenNothingOfWeightHasChanged() {
        assertThat(new Sums(SOON, 90_000, 0, 400, 7).isLike(THEN)).isTrue();
        assertThat(new Sums(SOON, 89_200, 3, 1_100, 7).isLike(THEN)).isTrue();
    }

    @Test
    void shouldWalkAgainWhenAnyOfTheSumsSaysThatSomethingHas() {
        assertThat(List.of(
                        new Sums(SOON, 88_000, 0, 400, 7),
                        new Sums(SOON, 92_000, 0, 400, 7),
                        new Sums(SOON, 90_000, 1_000, 400, 7),
                        new Sums(SOON, 90_000, 0, 1_500, 7),
                        new Sums(SOON, 90_000, 0, 400, 8)))
                .noneMatch(now -> now.isLike(THEN));
    }

    @Test
    void shouldWalkAgainAfterAWhileInAnyCase() {
        assertThat(new Sums(SocketCalm.REST_NANOS_MAX, 90_000, 0, 400, 7).isLike(THEN))
                .isFalse();
    }

    @Test
    void shouldSeeAQueueThatEmptied() {
        assertThat(new Sums(SOON, 90_000, 0, 400, 7).isLike(new Sums(0, 90_000, 0, 5_000, 7)))
                .isFalse();
    }
}
