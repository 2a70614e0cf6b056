package dev.weir.gateway.server;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Epoll for many more loops than processors, as descriptor tables of their own make them. As many work at once as there are processors, in turns
 * ({@link LoopTurn}); and one that has nothing left to do rests before it looks again, so that what arrives meanwhile is one turn and not many.
 * Waking one of 54 loops for each of a million handshakes and pongs is two context switches for each.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> everything on such a loop is up to {@link #REST_MILLIS} late, timers too.
 */
final class BatchingTransport extends SlicingTransport {
    static final int REST_MILLIS = 2;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(REST_MILLIS);

    private final LoopTurns turns;

    /**
     * For one set of loops.
     *
     * @param atOnce how many loops work at once, at least 1
     * @param readyMax sockets that a loop deals with before tasks and timers have their turn
     */
    BatchingTransport(int atOnce, int readyMax) {
        super(readyMax);
        turns = new LoopTurns(atOnce);
    }

    @Override
    public String name() {
        return "epoll, batching";
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return executor -> {
            LoopTurn turn = new LoopTurn(turns);
            IoHandlerFactory epoll = EpollIoHandler.newFactory(readyMax, () -> new Resting(turn));
            return turn.around(epoll.newHandler(executor), executor);
        };
    }

    /** Of one loop: it looks again at once when it has worked for as long as it would rest. */
    private static final class Resting implements SelectStrategy {
        private final LoopTurn turn;
        private long restedNanos = System.nanoTime();
        /** Sockets that have news and wait for a turn: the handler has them in its list until it looks again. */
        private int found;

        Resting(LoopTurn turn) {
            this.turn = turn;
        }

        @Override
        public int calculateStrategy(IntSupplier ready, boolean hasTasks) throws Exception {
            turn.give();
            if (found == 0 && !hasTasks) {
                rest();
                found = ready.get();
                if (found == 0) {
                    // What ends the wait is dealt with at once: there is little of it.
                    return SELECT;
                }
            }
            if (turn.take()) {
                return CONTINUE;
            }
            int served = found == 0 ? ready.get() : found;
            found = 0;
            return served;
        }

        private void rest() {
            if (System.nanoTime() - restedNanos <= REST_NANOS) {
                LockSupport.parkNanos(REST_NANOS);
            }
            restedNanos = System.nanoTime();
        }
    }
}
