package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripsTest {
    @Test
    void shouldCountEachInTheFirstBucketThatIsLongEnough() {
        RoundTrips.Recorder recorder = new RoundTrips.Recorder();
        List.of(0L, 5L, 6L, 2_500L, 2_501L, 25_000L, 25_001L).forEach(recorder::record);

        RoundTrips read = recorder.read();

        assertThat(read.counts()).containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L, 0L, 1L, 1L);
        assertThat(read.sumMillis()).isEqualTo(55_013);
    }

    @Test
    void shouldAddLoops() {
        RoundTrips.Recorder one = new RoundTrips.Recorder();
        one.record(1);
        RoundTrips.Recorder other = new RoundTrips.Recorder();
        other.record(2);
        other.record(300);

        RoundTrips both = one.read().plus(other.read()).plus(RoundTrips.NONE);

        assertThat(both.counts()).containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(both.sumMillis()).isEqualTo(303);
    }

    @Test
    void shouldRefuseAnotherNumberOfBuckets() {
        assertThatThrownBy(() -> new RoundTrips(List.of(1L), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("counts=1 bounds=12");
    }
}
