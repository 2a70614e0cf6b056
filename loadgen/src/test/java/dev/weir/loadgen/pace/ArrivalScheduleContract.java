package dev.weir.loadgen.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What holds for every schedule. */
abstract class ArrivalScheduleContract {
    static final long SECOND = 1_000_000_000L;

    abstract ArrivalSchedule schedule();

    /** How many are due within the first second. */
    abstract long withinASecond();

    @Test
    void shouldNeverGoBackInTime() {
        long before = 0;
        for (int index = 0; index < 10_000; index++) {
            long due = schedule().dueNanos(index);
            assertThat(due).isGreaterThanOrEqualTo(before);
            before = due;
        }
    }

    @Test
    void shouldAnswerTheSameWhenAskedAgain() {
        for (int index = 0; index < 100; index++) {
            assertThat(schedule().dueNanos(index)).isEqualTo(schedule().dueNanos(index));
        }
    }

    @Test
    void shouldKeepItsRate() {
        assertThat(schedule().dueBefore(SECOND, 100_000)).isBetween(withinASecond() - 1, withinASecond() + 1);
    }

    @Test
    void shouldStayInRangeWhenTheIndexIsHuge() {
        assertThat(schedule().dueNanos(Long.MAX_VALUE - 1)).isNotNegative();
    }
}
