package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClockOffsetTest {
    @Test
    void believesTheAnswerThatTookLeast() throws IOException {
        // Asked and answered: 100 to 300, 400 to 440, 500 to 600. The other clock is 1,000 ahead, and slow ways are
        // lopsided.
        Iterator<Long> here = List.of(100L, 300L, 400L, 440L, 500L, 600L).iterator();
        Iterator<Long> there = List.of(1_290L, 1_420L, 1_510L).iterator();

        ClockOffset offset = ClockOffset.measure(3, here::next, there::next);

        assertThat(offset).isEqualTo(new ClockOffset(1_000, 20));
    }

    @Test
    void tellsWhatIsOwedByTheOtherClock() {
        Sent sent = new Sent(500, 7, List.of(3L));

        assertThat(sent.seenFrom(new ClockOffset(-200, 5))).isEqualTo(new Sent(300, 7, List.of(3L)));
    }

    @Test
    void shouldBeAsWrongAsItHasBecome() {
        ClockOffset before = new ClockOffset(1_000, 20);
        assertThat(before.until(new ClockOffset(1_005, 10))).isEqualTo(before);
        assertThat(before.until(new ClockOffset(700, 30))).isEqualTo(new ClockOffset(1_000, 330));
    }
}
