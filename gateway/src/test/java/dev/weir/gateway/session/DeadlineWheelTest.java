package dev.weir.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class DeadlineWheelTest {
    private static final long TICK = 100;
    private final List<Long> passedAt = new ArrayList<>();

    private Deadline deadline() {
        return new Deadline(passedAt::add);
    }

    @Test
    void shouldPassWithinOneTickWhenDue() {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        wheel.schedule(deadline(), 250);

        assertThat(wheel.advance(249)).isZero();
        assertThat(wheel.advance(300)).isEqualTo(1);
        assertThat(passedAt).containsExactly(300L);
    }

    @Test
    void shouldPassOnceWhenMoved() {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        Deadline deadline = deadline();
        wheel.schedule(deadline, 200);
        wheel.schedule(deadline, 900);

        assertThat(wheel.advance(800)).isZero();
        assertThat(wheel.advance(900)).isEqualTo(1);
    }

    @Test
    void shouldNotPassWhenCancelled() {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        Deadline deadline = deadline();
        wheel.schedule(deadline, 200);
        wheel.cancel(deadline);
        wheel.cancel(deadline);

        assertThat(wheel.advance(10_000)).isZero();
    }

    @Test
    void shouldWaitFurtherTurnsWhenFarAway() {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        wheel.schedule(deadline(), 200_000);
        for (long now = 0; now < 200_000; now += TICK) {
            assertThat(wheel.advance(now)).isZero();
        }
        assertThat(wheel.advance(200_000)).isEqualTo(1);
    }

    @Test
    void shouldPassAllWhenClockJumps() {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        for (long due = 100; due <= 100_000; due += 100) {
            wheel.schedule(deadline(), due);
        }
        assertThat(wheel.advance(1_000_000)).isEqualTo(1000);
    }

    @Test
    void shouldAllowSchedulingAgainWhenPassing() {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        Deadline[] again = new Deadline[1];
        again[0] = new Deadline(now -> {
            passedAt.add(now);
            wheel.schedule(again[0], now);
        });
        wheel.schedule(again[0], 100);

        assertThat(wheel.advance(100)).isEqualTo(1);
        assertThat(wheel.advance(200)).isEqualTo(1);
        assertThat(passedAt).containsExactly(100L, 200L);
    }

    @Test
    void shouldPassTheRestWhenOneFails() {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        wheel.schedule(
                new Deadline(now -> {
                    throw new IllegalStateException("one of them");
                }),
                100);
        wheel.schedule(deadline(), 100);
        wheel.schedule(deadline(), 200);

        assertThatThrownBy(() -> wheel.advance(100)).isInstanceOf(IllegalStateException.class);
        assertThat(wheel.advance(200)).isEqualTo(2);
        assertThat(passedAt).containsExactly(200L, 200L);
    }

    @Property
    void shouldPassEachOnceAndNeverEarly(
            @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 120_000) Long> dues,
            @ForAll @LongRange(min = 1, max = 7_000) long step) {
        DeadlineWheel wheel = new DeadlineWheel(TICK, 0);
        List<Long> early = new ArrayList<>();
        for (long due : dues) {
            wheel.schedule(
                    new Deadline(now -> {
                        passedAt.add(due);
                        if (now < due || now - due > step + TICK) {
                            early.add(due);
                        }
                    }),
                    due);
        }
        for (long now = 0; now <= 130_000; now += step) {
            wheel.advance(now);
        }

        assertThat(early).isEmpty();
        assertThat(passedAt).containsExactlyInAnyOrderElementsOf(dues);
        passedAt.clear();
    }

    @Test
    void shouldSpreadFirstPingsOverSecondHalf() {
        Heartbeat heartbeat = new Heartbeat(25_000, 8_000);
        SplittableRandom random = new SplittableRandom(7);
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int i = 0; i < 10_000; i++) {
            long first = heartbeat.firstPingMillis(1_000, random);
            min = Math.min(min, first);
            max = Math.max(max, first);
        }
        assertThat(min).isBetween(13_500L, 13_600L);
        assertThat(max).isBetween(25_900L, 26_000L);
    }
}
