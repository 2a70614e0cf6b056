package dev.weir.gateway.server;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.IntSupplier;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.transport.Transport;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Epoll for many more loops than processors, as descriptor tables of their own make them: a loop that has nothing left to do rests before it looks
 * again, so that what arrives meanwhile is one turn and not many. Waking one of 54 loops for each of a million handshakes and pongs is
 * two context switches for each.
 *
 * <p><b>Threading:</b> immutable. <b>Bounds:</b> everything on such a loop is up to {@link #REST_MILLIS} late, timers too.
 */
final class BatchingTransport extends EpollTransport implements Transport {
    static final int REST_MILLIS = 2;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(REST_MILLIS);

    private final int readyMax;

    /**
     * @param readyMax sockets that a loop deals with before tasks and timers have their turn
     */
    BatchingTransport(int readyMax) {
        this.readyMax = readyMax;
    }

    @Override
    public String name() {
        return "epoll, batching";
    }

    @Override
    public boolean available() {
        return isAvailable();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return EpollIoHandler.newFactory(readyMax, Resting::new);
    }

    /** Of one loop: it looks again at once when it has worked for as long as it would rest. */
    private static final class Resting implements SelectStrategy {
        private long restedNanos = System.nanoTime();

        @Override
        public int calculateStrategy(IntSupplier ready, boolean hasTasks) throws Exception {
            if (hasTasks) {
                return ready.get();
            }
            if (System.nanoTime() - restedNanos > REST_NANOS) {
                int found = ready.get();
                if (found > 0) {
                    restedNanos = System.nanoTime();
                    return found;
                }
            }
            LockSupport.parkNanos(REST_NANOS);
            restedNanos = System.nanoTime();
            return SELECT;
        }
    }
}
