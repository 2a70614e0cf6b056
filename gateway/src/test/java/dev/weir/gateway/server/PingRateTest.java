package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PingRateTest {
    @Test
    void shouldCountWithinASecond() {
        long rate = PingRate.NONE;
        for (int i = 1; i <= 5; i++) {
            rate = PingRate.next(rate, 1_795_000_000_000L + i);
            assertThat(PingRate.count(rate)).isEqualTo(i);
        }
    }

    @Test
    void shouldBeginAnewWithTheNextSecond() {
        long rate = PingRate.next(PingRate.next(PingRate.NONE, 999), 999);
        assertThat(PingRate.count(rate)).isEqualTo(2);
        assertThat(PingRate.count(PingRate.next(rate, 1_000))).isEqualTo(1);
    }

    @Test
    void shouldHoldSecondsBeyondAnInt() {
        long late = (1L << 40) * 1_000;

        assertThat(PingRate.count(PingRate.next(PingRate.next(PingRate.NONE, late), late)))
                .isEqualTo(2);
    }
}
