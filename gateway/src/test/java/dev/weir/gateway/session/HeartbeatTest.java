package dev.weir.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeartbeatTest {
    private static final Heartbeat HEARTBEAT = new Heartbeat(24_000, 8_000);

    @Test
    void shouldLetAPingGoEarlyInTheLastEighthOfItsInterval() {
        assertThat(HEARTBEAT.mayPingEarly(10_000, 7_000)).isTrue();
        assertThat(HEARTBEAT.mayPingEarly(10_000, 6_999)).isFalse();
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
