package dev.weir.loadgen.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SequenceTrackerTest {
    private final SequenceTracker tracker = new SequenceTracker();
    private final DeliveryCounter counter = new DeliveryCounter();

    private void accept(boolean owedFromFirst, long... sequences) {
        for (long sequence : sequences) {
            tracker.accept(sequence, owedFromFirst, counter);
        }
    }

    private DeliveryCounts settled(long last, Long... refused) {
        tracker.settle(new Sent(0, last, List.of(refused)), true, counter);
        return counter.take();
    }

    @Test
    void shouldCountDeliveriesWhenAllComeInOrder() {
        accept(true, 1, 2, 3);
        assertThat(settled(3)).isEqualTo(new DeliveryCounts(3, 0, 0, 0));
    }

    @Test
    void shouldOweFromTheNextMessageOnWhoCameIntoARoomThatWasSettled() {
        tracker.settle(new Sent(0, 5, List.of()), false, counter);
        assertThat(counter.take()).isEqualTo(new DeliveryCounts(0, 0, 0, 0));

        assertThat(tracker.isComplete(new Sent(0, 6, List.of()), false)).isFalse();
        tracker.settle(new Sent(0, 6, List.of()), false, counter);

        assertThat(counter.take()).isEqualTo(new DeliveryCounts(0, 1, 0, 0));
    }

    @Test
    void shouldTellDeliveriesFromRepetitionsAndWhatComesTooLate() {
        assertThat(tracker.accept(1, true, counter)).isTrue();
        assertThat(tracker.accept(3, true, counter)).isTrue();
        assertThat(tracker.accept(2, true, counter)).isTrue();
        assertThat(tracker.accept(2, true, counter)).isFalse();
        tracker.settle(new Sent(0, 4, List.of()), true, counter);
        assertThat(tracker.accept(4, true, counter)).isFalse();
    }

    @Test
    void shouldLoseTheFirstWhenOwedFromTheBeginning() {
        accept(true, 3);
        assertThat(settled(3)).isEqualTo(new DeliveryCounts(1, 2, 0, 0));
    }

    @Test
    void shouldOweNothingBeforeTheFirstSeenWhenSubscribedLate() {
        accept(false, 3, 4);
        assertThat(settled(4)).isEqualTo(new DeliveryCounts(2, 0, 0, 0));
    }

    @Test
    void shouldLoseTheTailWhenSettled() {
        accept(true, 1, 2);
        assertThat(settled(5)).isEqualTo(new DeliveryCounts(2, 3, 0, 0));
    }

    @Test
    void shouldLoseAllWhenNothingCame() {
        assertThat(settled(7)).isEqualTo(new DeliveryCounts(0, 7, 0, 0));
    }

    @Test
    void shouldOweNothingWhenNothingCameAfterALateSubscription() {
        tracker.settle(new Sent(0, 7, List.of()), false, counter);
        assertThat(counter.take()).isEqualTo(DeliveryCounts.NONE);
    }

    @Test
    void shouldReorderWhenAGapIsFilled() {
        accept(true, 1, 3, 2);
        assertThat(settled(3)).isEqualTo(new DeliveryCounts(3, 0, 0, 1));
    }

    @Test
    void shouldCountDuplicatesWhenTheyComeAgain() {
        accept(true, 1, 2, 2, 1, 3);
        assertThat(settled(3)).isEqualTo(new DeliveryCounts(3, 0, 2, 0));
    }

    @Test
    void shouldLoseWhenAGapLeavesTheWindow() {
        accept(true, 1, 3);
        accept(true, IntStream.rangeClosed(4, 67).asLongStream().toArray());
        assertThat(counter.take()).isEqualTo(new DeliveryCounts(66, 1, 0, 0));
    }

    @Test
    void shouldLoseTheWholeGapWhenItIsWiderThanTheWindow() {
        accept(true, 1, 1_000);
        assertThat(settled(1_000)).isEqualTo(new DeliveryCounts(2, 998, 0, 0));
    }

    @Test
    void shouldOweNoRefusedSequenceWhenSettled() {
        accept(true, 1, 3);
        assertThat(settled(4, 2L, 4L)).isEqualTo(new DeliveryCounts(2, 0, 0, 0));
    }

    @Test
    void shouldIgnoreStragglersWhenTheirAccountIsSettled() {
        accept(true, 1);
        assertThat(settled(3)).isEqualTo(new DeliveryCounts(1, 2, 0, 0));
        accept(true, 2, 3, 4);
        assertThat(settled(4)).isEqualTo(new DeliveryCounts(1, 0, 0, 0));
    }

    @Test
    void shouldCountGapsButNoTailWhenTheConnectionEnds() {
        accept(true, 1, 4);
        tracker.end(counter);
        assertThat(counter.take()).isEqualTo(new DeliveryCounts(2, 2, 0, 0));
    }

    @Test
    void shouldBeCompleteWhenAllThatWasNotRefusedCame() {
        Sent sent = new Sent(0, 3, List.of(2L));
        accept(true, 1);
        assertThat(tracker.isComplete(sent, true)).isFalse();
        accept(true, 3);
        assertThat(tracker.isComplete(sent, true)).isTrue();
    }

    @Test
    void shouldAddUpToWhatWasSentWhenArrivalsAreShuffledDroppedAndRepeated() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            SequenceTracker one = new SequenceTracker();
            DeliveryCounter counts = new DeliveryCounter();
            int sent = 1 + random.nextInt(300);
            for (int sequence = 1; sequence <= sent; sequence++) {
                // Within 30 of its place, so that nothing arrives after the window.
                int jumbled = Math.clamp(sequence + random.nextInt(30), 1, sent);
                if (random.nextInt(10) > 0) {
                    one.accept(jumbled, true, counts);
                }
            }
            one.settle(new Sent(0, sent, List.of()), true, counts);
            assertThat(counts.take().expected()).as("seed %d", seed).isEqualTo(sent);
        }
    }
}
