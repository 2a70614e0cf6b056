package dev.weir.loadgen.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SchedulesTest {
    private static final long SECOND = ArrivalScheduleContract.SECOND;

    @Nested
    final class OfConstantRate extends ArrivalScheduleContract {
        @Override
        ArrivalSchedule schedule() {
            return new ConstantRate(300);
        }

        @Override
        long withinASecond() {
            return 300;
        }
    }

    @Nested
    final class OfJitter extends ArrivalScheduleContract {
        @Override
        ArrivalSchedule schedule() {
            return new Jittered(new ConstantRate(300), 1, 7);
        }

        @Override
        long withinASecond() {
            return 300;
        }
    }

    @Nested
    final class OfStages extends ArrivalScheduleContract {
        @Override
        ArrivalSchedule schedule() {
            return new Stages(List.of(
                    new Stages.Stage(SECOND / 2, 100), new Stages.Stage(SECOND, 100), new Stages.Stage(SECOND, 500)));
        }

        @Override
        long withinASecond() {
            return 100;
        }
    }

    @Nested
    final class OfAllAtOnce extends ArrivalScheduleContract {
        @Override
        ArrivalSchedule schedule() {
            return new AtOnce();
        }

        @Override
        long withinASecond() {
            return 100_000;
        }
    }

    @Test
    void shouldEndWhenTheLastStageIsReached() {
        Stages stages = new Stages(List.of(new Stages.Stage(SECOND, 10)));
        assertThat(stages.dueNanos(9)).isEqualTo(SECOND * 9 / 10);
        assertThat(stages.dueNanos(10)).isEqualTo(ArrivalSchedule.NEVER);
        assertThat(stages.total()).isEqualTo(10);
        assertThat(stages.durationNanos()).isEqualTo(SECOND);
    }

    @Test
    void shouldDifferWhenTheSeedDiffers() {
        ArrivalSchedule one = new Jittered(new ConstantRate(10), 1, 1);
        ArrivalSchedule other = new Jittered(new ConstantRate(10), 1, 2);
        assertThat(one.dueNanos(5)).isNotEqualTo(other.dueNanos(5));
    }

    @Test
    void shouldNameTheValueWhenItCannotBe() {
        assertThatThrownBy(() -> new ConstantRate(0)).hasMessage("perSecond must be > 0: perSecond=0.0");
        assertThatThrownBy(() -> new Stages(List.of(new Stages.Stage(1, 5), new Stages.Stage(1, 4))))
                .hasMessage("stages[1].target must be >= the target before: target=4 before=5");
        assertThatThrownBy(() -> new Jittered(new AtOnce(), 2, 0)).hasMessageContaining("share=2.0");
    }
}
