package dev.weir.gateway.server;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.transport.Transport;

/**
 * Epoll whose loops deal with so many sockets at most before tasks and timers have their turn. Left to itself Netty takes 4,096 at first and more when
 * these are not enough: when ten thousand connections end at once, nothing else happens on the loop until all of them are freed.
 *
 * <p><b>Threading:</b> immutable.
 */
sealed class SlicingTransport extends EpollTransport implements Transport permits BatchingTransport {
    final int readyMax;

    /**
     * @param readyMax sockets that a loop deals with before tasks and timers have their turn, at least 1
     */
    SlicingTransport(int readyMax) {
        this.readyMax = readyMax;
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public final boolean available() {
        return isAvailable();
    }

    @Override
    public final io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return EpollIoHandler.newFactory(readyMax, DefaultSelectStrategyFactory.INSTANCE);
    }
}
