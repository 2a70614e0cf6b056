package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
        LoopTurns turns = new LoopTurns(1);
        LoopTurn turn = new LoopTurn(turns);
        turn.take();
        turn.take();
        assertThat(turns.free()).isZero();

        turn.give();
        turn.give();

        assertThat(turns.free()).isEqualTo(1);
    }

    @Test
    void loopThatIsCalledComesBeforeThoseThatWait() {
        LoopTurns turns = new LoopTurns(1);
        LoopTurn working = new LoopTurn(turns);
        LoopTurn first = new LoopTurn(turns);
        LoopTurn called = new LoopTurn(turns);
        working.take();
        assertThat(turns.ask(first)).isFalse();
        assertThat(turns.ask(called)).isFalse();

        called.call();
        working.give();

        assertThat(called.granted()).isTrue();
        assertThat(first.granted()).isFalse();
    }

    @Test
    void turnOfOneThatIsCalledIsForTasksAloneAndTheNextIsNot() {
        LoopTurn turn = new LoopTurn(new LoopTurns(1));
        turn.call();
        assertThat(turn.take()).isTrue();
        turn.give();

        turn.call();

        assertThat(turn.take()).isFalse();
        turn.give();
        turn.call();
        assertThat(turn.take()).isTrue();
    }

    @Test
    void socketsAreServedWhileTasksComeWithoutEnd() throws Exception {
        EventLoop loop = (EventLoop) group.next();
        AtomicInteger tasks = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        Thread caller = Thread.ofPlatform().start(() -> {
            while (!stopped.get()) {
                loop.execute(tasks::incrementAndGet);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
            }
        });
        CompletableFuture<String> heard = new CompletableFuture<>();
        try {
            Channel server = new ServerBootstrap()
                    .group(loop)
                    .channel(EpollServerSocketChannel.class)
                    .childHandler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext ctx, Object message) {
                            heard.complete(((ByteBuf) message).toString(StandardCharsets.US_ASCII));
                            ((ByteBuf) message).release();
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.getOutputStream().write('x');

                assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo("x");
            }
        } finally {
            stopped.set(true);
            caller.join();
        }
        assertThat(tasks).hasPositiveValue();
    }
}
