package dev.weir.gateway.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.vertx.core.impl.transports.IoUringTransport;
import io.vertx.core.transport.Transport;
import java.util.concurrent.ThreadFactory;

/**
 * Vert.x event loops on io_uring, one ring each, of a size that fits what a loop does at once.
 *
 * <p><b>Bounds:</b> {@value #SUBMISSIONS} operations go to the kernel with one call; {@value #COMPLETIONS} may be waiting for a
 * loop that is busy: sixteen slices of a broadcast. Beyond that the kernel keeps them in memory of its own, and Netty says so.
 * A ring takes 0.3 MB of kernel memory.
 */
final class RingTransport extends IoUringTransport implements Transport {
    private static final int SUBMISSIONS = 256;
    private static final int COMPLETIONS = 16_384;

    @Override
    public String name() {
        return "io_uring";
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
        return IoUringIoHandler.newFactory(
                new IoUringIoHandlerConfig().setRingSize(SUBMISSIONS).setCqSize(COMPLETIONS));
    }

    /** Vert.x makes a loop for its own servers to accept on. Nothing is ever bound there: it gets no ring. */
    @Override
    public EventLoopGroup eventLoopGroup(int type, int nThreads, ThreadFactory threadFactory, int ioRatio) {
        return type == ACCEPTOR_EVENT_LOOP_GROUP
                ? new MultiThreadIoEventLoopGroup(nThreads, threadFactory, NioIoHandler.newFactory())
                : super.eventLoopGroup(type, nThreads, threadFactory, ioRatio);
    }
}
