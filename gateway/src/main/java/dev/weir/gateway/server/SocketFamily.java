package dev.weir.gateway.server;

import dev.weir.gateway.config.GatewayConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.transport.Transport;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How sockets are made: by Linux's epoll, or by what every Java platform has.
 *
 * <p>Epoll listens once on every loop ({@code SO_REUSEPORT}), so a socket lives on the loop that accepted it. NIO has no portable
 * way to do that: one loop listens and hands the accepted sockets over to all in turn; and it cannot bound what the kernel holds
 * unsent ({@code TCP_NOTSENT_LOWAT}), so a slow consumer is seen later there.
 */
enum SocketFamily {
    EPOLL,
    NIO;

    /** Most connections accepted and bytes read at once; small, because each loop has many sockets to look at. */
    private static final int READ_BYTES = 4096;

    static SocketFamily of(GatewayConfig.Transport wanted) {
        return switch (wanted) {
            case NIO -> NIO;
            case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
            case EPOLL -> {
                Epoll.ensureAvailability();
                yield EPOLL;
            }
        };
    }

    /** Why a transport cannot be had here. */
    static Optional<String> missing(GatewayConfig.Transport wanted) {
        return wanted == GatewayConfig.Transport.EPOLL && !Epoll.isAvailable()
                ? Optional.of(String.valueOf(Epoll.unavailabilityCause().getMessage()))
                : Optional.empty();
    }

    Transport transport() {
        return switch (this) {
            case EPOLL -> Transport.EPOLL;
            case NIO -> Transport.NIO;
        };
    }

    /** Whether every loop has listeners of its own. */
    boolean listensOnEveryLoop() {
        return this == EPOLL;
    }

    /** An IPv4 address gets IPv4 sockets: one that could speak both costs the kernel 128 bytes more, and counts as IPv6 in its statistics. */
    private static SocketProtocolFamily addressFamily(String host) {
        return new InetSocketAddress(host, 0).getAddress() instanceof Inet4Address
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6;
    }

    /** Sets channel types and socket options; the caller sets groups and handlers. */
    ServerBootstrap configure(ServerBootstrap bootstrap, GatewayConfig config) {
        bootstrap
                .option(ChannelOption.SO_BACKLOG, config.listen().backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                // The queue is bounded by its bytes, connection by connection; nobody listens to Netty's own marks.
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
        return switch (this) {
            case NIO -> bootstrap.channel(NioServerSocketChannel.class);
            case EPOLL -> {
                int lowat = config.slowConsumer().notSentLowatBytes();
                if (lowat > 0) {
                    bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) lowat);
                }
                SocketProtocolFamily family = addressFamily(config.listen().host());
                yield bootstrap
                        .channelFactory(() -> new EpollServerSocketChannel(family))
                        .option(EpollChannelOption.SO_REUSEPORT, true);
            }
        };
    }
}
