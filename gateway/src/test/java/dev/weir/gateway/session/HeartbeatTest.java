package dev.weir.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
    private static final Heartbeat HEARTBEAT = new Heartbeat(24_000, 8_000);

    @Test
    void shouldLetAPingGoEarlyInTheLastEighthOfItsInterval() {
        assertThat(HEARTBEAT.mayPingEarly(10_000, 7_000)).isTrue();
        assertThat(HEARTBEAT.mayPingEarly(10_000, 6_999)).isFalse();
    }

    @Test
    void shouldPartPingsThatWentTogether() {
        SplittableRandom random = new SplittableRandom(7);
        LongSummaryStatistics next = IntStream.range(0, 10_000)
                .mapToLong(i -> HEARTBEAT.nextPingMillis(HEARTBEAT.pongDueMillis(50_000), random))
                .summaryStatistics();
        assertThat(next.getMin()).isBetween(72_500L, 72_510L);
        assertThat(next.getMax()).isBetween(73_990L, 74_000L);
        assertThat(next.getAverage()).isBetween(73_200.0, 73_300.0);
    }

    @Test
    void shouldLetAPingGoThatIsLate() {
        assertThat(HEARTBEAT.mayPingEarly(10_000, 10_001)).isTrue();
    }

    @Test
    void shouldLetNoneGoWhenNoneAreSent() {
        assertThat(new Heartbeat(0, 8_000).mayPingEarly(10_000, 10_000)).isFalse();
    }
}
