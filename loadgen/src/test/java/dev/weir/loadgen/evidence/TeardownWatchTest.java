package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TeardownWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final TeardownWatch watch = new TeardownWatch();

    @Test
    void shouldSayNothingWhenConnectionsComeAndGoSlowly() {
        for (int second = 0; second < 60; second++) {
            watch.look(second * SECOND, 5_000 - 40 * second, 900);
        }

        assertThat(watch.readings("edge", "nginx-status")).isEmpty();
    }

    @Test
    void shouldTimeTheStallWhenItBeginsAtTheWave() {
        watch.look(0, 5_000, 12);
        watch.look(SECOND, 5_000, 15);
        watch.look(2 * SECOND, 2_500, 700);
        watch.look(3 * SECOND, 0, 90);
        watch.look(30 * SECOND, 0, 4_000);

        assertThat(figures())
                .isEqualTo(Map.of(
                        "teardown.closed",
                        5_000.0,
                        "teardown.stall",
                        700.0,
                        "teardown.calm",
                        15.0,
                        "teardown.freed",
                        2_000.0));
    }

    @Test
    void shouldCountTheSilenceWhenTheHopDoesNotAnswerAtTheWave() {
        watch.look(0, 5_000, 12);
        watch.look(SECOND, -1, 1_000);
        watch.look(2 * SECOND, 10, 20);

        assertThat(figures()).containsEntry("teardown.closed", 4_990.0).containsEntry("teardown.stall", 1_000.0);
    }

    @Test
    void shouldAddUpTheSilenceWhenTheHopAnswersNothingForLongerThanAWave() {
        watch.look(0, 5_000, 12);
        for (int second = 1; second <= 4; second++) {
            watch.look(second * SECOND, -1, 900);
        }
        watch.look(5 * SECOND, 1_000, 20);

        assertThat(figures())
                .containsEntry("teardown.closed", 4_000.0)
                .containsEntry("teardown.stall", 3_600.0)
                .containsEntry("teardown.freed", 5_000.0);
    }

    private Map<String, Double> figures() {
        return watch.readings("edge", "nginx-status").stream().collect(Collectors.toMap(Reading::key, Reading::value));
    }
}
