package dev.weir.loadgen.client;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Event loops of a Vert.x instance of their own that carry parked sockets and nothing else.
 *
 * <p>Vert.x's own sockets keep two queues of 1,024 slots each; a bare pipeline on the same loops needs a tenth of their memory.
 *
 * <p><b>Threading:</b> any thread, but {@link #newSocket} on the loop that will own the socket. <b>Bounds:</b> as many loops as asked for.
 */
public final class ParkingLoops {
    private final VertxInternal vertx;
    private final boolean isNative;
    private final List<EventLoop> loops;

    /**
     * Starts loops.
     *
     * @param count how many, at least 1
     * @param preferNative epoll where it can be had; else NIO
     * @param ownTables whether each loop gets a descriptor table of its own
     * @throws UncheckedIOException when the system refuses the tables
     */
    public ParkingLoops(int count, boolean preferNative, boolean ownTables) {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setPreferNativeTransport(preferNative)
                .setUseDaemonThread(true);
        VertxBuilder builder = Vertx.builder().with(options);
        vertx = (VertxInternal) (ownTables
                        ? builder.withTransport(
                                new BatchingTransport(Runtime.getRuntime().availableProcessors()))
                        : builder)
                .build();
        isNative = vertx.isNativeTransportEnabled();
        loops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            loops.add(vertx.createEventLoopContext().nettyEventLoop());
        }
        if (ownTables) {
            DescriptorTables.prepare();
            loops.stream()
                    .map(loop -> loop.submit(ParkingLoops::split))
                    .toList()
                    .forEach(io.netty.util.concurrent.Future::syncUninterruptibly);
        }
    }

    private static void split() {
        try {
            DescriptorTables.split();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The loops. */
    public List<EventLoop> loops() {
        return List.copyOf(loops);
    }

    /** Whether sockets are native ones: source addresses without source ports need that. */
    public boolean isNative() {
        return isNative;
    }

    /**
     * Creates a socket that is connected to nothing yet.
     *
     * @param remote where it will be connected; an IPv4 socket where that is enough, for it takes less of the kernel's memory
     * @param bindsLate whether it will be bound to a source address whose port the kernel shall choose at connect
     * @throws io.netty.channel.ChannelException when the system refuses one
     */
    SocketChannel newSocket(InetSocketAddress remote, boolean bindsLate) {
        SocketChannel channel = isNative ? newEpollSocket(remote, bindsLate) : new NioSocketChannel();
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
        return channel;
    }

    private static SocketChannel newEpollSocket(InetSocketAddress remote, boolean bindsLate) {
        SocketProtocolFamily family =
                remote.getAddress() instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        EpollSocketChannel channel = new EpollSocketChannel(family);
        if (bindsLate) {
            channel.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
        return channel;
    }

    /** Ends the loops; what they still own is closed. */
    public Future<Void> close() {
        return vertx.close();
    }
}
