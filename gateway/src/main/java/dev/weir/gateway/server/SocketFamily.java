package dev.weir.gateway.server;

import dev.weir.gateway.config.GatewayConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.vertx.core.transport.Transport;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How sockets are made: by Linux's io_uring or epoll, or by what every Java platform has.
 *
 * <p>The two of Linux listen once on every loop ({@code SO_REUSEPORT}), so a socket lives on the loop that accepted it. NIO has no
 * portable way to do that: one loop listens and hands the accepted sockets over to all in turn; and it cannot bound what the kernel
 * holds unsent ({@code TCP_NOTSENT_LOWAT}), so a slow consumer is seen later there.
 */
enum SocketFamily {
    IO_URING,
    EPOLL,
    NIO;

    /** Most connections accepted and bytes read at once; small, because each loop has many sockets to look at. */
    private static final int READ_BYTES = 4096;

    /** A few dozen small messages with what Netty counts for an entry. */
    private static final int UNDER_WAY_BYTES = 4096;

    /**
     * Set on the listening socket, which Linux copies into each accepted one: a system call less for every connection.
     *
     * <p><b>Source:</b> {@code tcp_create_openreq_child}; numbers of {@code netinet/in.h} and {@code linux/tcp.h}.
     */
    private static final ChannelOption<Integer> INHERITED_NOTSENT_LOWAT =
            new IntegerUnixChannelOption("INHERITED_TCP_NOTSENT_LOWAT", 6, 25);

    static SocketFamily of(GatewayConfig.Transport wanted) {
        return switch (wanted) {
            case NIO -> NIO;
            case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
            case EPOLL -> {
                Epoll.ensureAvailability();
                yield EPOLL;
            }
            case IO_URING -> {
                IoUring.ensureAvailability();
                yield IO_URING;
            }
        };
    }

    /** Why a transport cannot be had here. */
    static Optional<String> missing(GatewayConfig.Transport wanted) {
        return switch (wanted) {
            case AUTO, NIO -> Optional.empty();
            case EPOLL -> message(Epoll.unavailabilityCause());
            // Netty sets up a ring to find out: a sandbox may refuse what the kernel has.
            case IO_URING -> message(IoUring.unavailabilityCause());
        };
    }

    private static Optional<String> message(@Nullable Throwable cause) {
        return cause == null ? Optional.empty() : Optional.of(String.valueOf(cause.getMessage()));
    }

    /**
     * What Vert.x makes its loops with.
     *
     * @param manyLoops whether there are many more loops than processors
     * @param readyMax sockets that a loop of epoll deals with before tasks and timers have their turn
     */
    Transport transport(boolean manyLoops, int readyMax) {
        return switch (this) {
            case IO_URING -> new RingTransport();
            case EPOLL ->
                manyLoops
                        ? new BatchingTransport(Runtime.getRuntime().availableProcessors(), readyMax)
                        : new SlicingTransport(readyMax);
            case NIO -> Transport.NIO;
        };
    }

    /** Whether every loop has listeners of its own. */
    boolean listensOnEveryLoop() {
        return this != NIO;
    }

    /**
     * How much may be in a connection's queue without anything being late: io_uring says that a write is done only when the loop
     * next looks.
     */
    int underWayBytes() {
        return this == IO_URING ? UNDER_WAY_BYTES : 0;
    }

    /**
     * Members that a broadcast serves between two looks at the sockets: a millisecond or two of system calls. With io_uring that look finishes
     * the writes, and touches every connection again: fewer, while the processor still has them in its caches.
     */
    int sliceMembers() {
        return this == IO_URING ? 256 : 128;
    }

    /**
     * Sockets that a loop deals with in a look.
     *
     * @param readyMax what epoll is told
     */
    int lookSockets(int readyMax) {
        return this == EPOLL ? readyMax : Integer.MAX_VALUE;
    }

    /** An IPv4 address gets IPv4 sockets: one that could speak both costs the kernel 128 bytes more, and counts as IPv6 in its statistics. */
    private static SocketProtocolFamily addressFamily(String host) {
        return new InetSocketAddress(host, 0).getAddress() instanceof Inet4Address
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6;
    }

    /** Sets channel types and socket options; the caller sets groups and handlers. Netty itself sets {@code TCP_NODELAY}. */
    ServerBootstrap configure(ServerBootstrap bootstrap, GatewayConfig config) {
        bootstrap
                .option(ChannelOption.SO_BACKLOG, config.listen().backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                // The queue is bounded by its bytes, connection by connection; nobody listens to Netty's own marks.
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
        return switch (this) {
            case NIO -> bootstrap.channel(NioServerSocketChannel.class);
            case IO_URING -> ofLinux(bootstrap, config).channel(IoUringServerSocketChannel.class);
            case EPOLL -> {
                SocketProtocolFamily family = addressFamily(config.listen().host());
                yield ofLinux(bootstrap, config).channelFactory(() -> new EpollServerSocketChannel(family));
            }
        };
    }

    private static ServerBootstrap ofLinux(ServerBootstrap bootstrap, GatewayConfig config) {
        int lowat = config.slowConsumer().notSentLowatBytes();
        if (lowat > 0) {
            bootstrap.option(INHERITED_NOTSENT_LOWAT, lowat);
        }
        return bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
    }
}
