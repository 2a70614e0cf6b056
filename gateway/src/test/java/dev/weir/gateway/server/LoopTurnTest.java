package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoopTurnTest {
    private static final int LOOPS = 6;

    private MultiThreadIoEventLoopGroup group;

    @BeforeEach
    void startLoops() {
        assumeTrue(Epoll.isAvailable(), "needs epoll");
        group = new MultiThreadIoEventLoopGroup(LOOPS, new BatchingTransport(2, 128).ioHandlerFactory());
    }

    @AfterEach
    void endLoops() {
        if (group != null) {
            assertThat(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void atMostAsManyLoopsWorkAtOnceAsThereAreTurns() {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> done = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            for (EventExecutor loop : group) {
                done.add(loop.submit(() -> {
                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    working.decrementAndGet();
                }));
            }
        }

        assertThat(done).allMatch(future -> future.awaitUninterruptibly(10, TimeUnit.SECONDS) && future.isSuccess());
        assertThat(most).hasValue(2);
    }

    @Test
    void loopThatEndsLeavesItsTurnToTheOthers() {
        List<EventLoop> loops = new ArrayList<>();
        group.forEach(loop -> loops.add((EventLoop) loop));
        for (EventLoop loop : loops.subList(0, LOOPS - 1)) {
            Future<?> ended = loop.submit(() -> {});
            assertThat(ended.awaitUninterruptibly(5, TimeUnit.SECONDS)).isTrue();
            assertThat(loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS))
                    .isTrue();
        }

        Future<?> last = loops.getLast().submit(() -> {});

        assertThat(last.awaitUninterruptibly(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void turnIsTakenOnceAndGivenOnce() {
        Semaphore turns = new Semaphore(1, true);
        LoopTurn turn = new LoopTurn(turns);
        turn.take();
        turn.take();
        assertThat(turns.availablePermits()).isZero();

        turn.give();
        turn.give();

        assertThat(turns.availablePermits()).isEqualTo(1);
    }
}
