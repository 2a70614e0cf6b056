package dev.weir.gateway.server;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.server.handshake.Refusal;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The listening sockets: opened, registered and closed on the thread of the loop that accepts on them.
 *
 * <p><b>Threading:</b> built on one thread, closed from any.
 *
 * <p><b>Bounds:</b> one a port and loop with epoll, one a port with NIO.
 */
// Failures of writes and closes arrive in exceptionCaught, those of loop tasks in the loop's own log.
@SuppressWarnings("FutureReturnValueIgnored")
final class Listeners {
    private final GatewayConfig config;
    private final SocketFamily family;
    private final EventLoopGroup allLoops;
    private final List<ParkingLoop> loops;
    private final Function<Channel, ParkingLoop> loopOf;
    private final List<Bound> bound = new ArrayList<>();

    private record Bound(ParkingLoop loop, Channel channel) {}

    Listeners(
            GatewayConfig config,
            SocketFamily family,
            EventLoopGroup allLoops,
            List<ParkingLoop> loops,
            Function<Channel, ParkingLoop> loopOf) {
        this.config = config;
        this.family = family;
        this.allLoops = allLoops;
        this.loops = loops;
        this.loopOf = loopOf;
    }

    /** Opens all ports; yields them resolved, in the order of the configuration. */
    Future<List<Integer>> open() {
        Future<List<Integer>> ports = Future.succeededFuture(new ArrayList<>());
        for (int port : config.listen().ports()) {
            ports = ports.compose(open -> openPort(port).map(resolved -> {
                open.add(resolved);
                return open;
            }));
        }
        return ports;
    }

    private Future<Integer> openPort(int port) {
        InetSocketAddress address = new InetSocketAddress(config.listen().host(), port);
        try {
            refuseTakenPort(address);
        } catch (IOException e) {
            return Future.failedFuture(inUse(address, e));
        }
        Future<Integer> resolved = listen(loops.getFirst(), address);
        if (!family.listensOnEveryLoop()) {
            return resolved;
        }
        for (ParkingLoop loop : loops.subList(1, loops.size())) {
            resolved = resolved.compose(actual -> listen(loop, new InetSocketAddress(address.getAddress(), actual)));
        }
        return resolved;
    }

    /** With SO_REUSEPORT a second process of the same user would silently share the port: look first, without that option. */
    private static void refuseTakenPort(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("host is unknown");
        }
        try (Socket probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        }
    }

    private static IOException inUse(InetSocketAddress address, IOException cause) {
        return new IOException(
                "listen address must be free: host=" + address.getHostString() + " port=" + address.getPort() + " ("
                        + cause.getMessage() + ")",
                cause);
    }

    private Future<Integer> listen(ParkingLoop loop, InetSocketAddress address) {
        Promise<Integer> promise = Promise.promise();
        loop.execute(() -> bind(loop, address).addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                synchronized (bound) {
                    bound.add(new Bound(loop, done.channel()));
                }
                promise.complete(((InetSocketAddress) done.channel().localAddress()).getPort());
            } else {
                promise.fail(new IOException("listen address must be free: " + address, done.cause()));
            }
        }));
        return promise.future();
    }

    private ChannelFuture bind(ParkingLoop loop, InetSocketAddress address) {
        EventLoopGroup accepting = loop.eventLoop();
        EventLoopGroup parking = family.listensOnEveryLoop() ? accepting : allLoops;
        return family.configure(new ServerBootstrap().group(accepting, parking), config)
                .handler(new AcceptErrors(loop))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        admit(loopOf.apply(channel), channel);
                    }
                })
                .bind(address);
    }

    private static void admit(ParkingLoop loop, Channel channel) {
        ConnectionGate.Place place = loop.gate().enter();
        loop.counters().accepted++;
        loop.counters().sockets++;
        channel.pipeline().addLast(new HandshakeHandler(loop, place));
        if (place == ConnectionGate.Place.NONE) {
            loop.counters().refused(Refusal.Counter.CONNECTIONS);
            channel.close();
        }
    }

    /** Counts accepts that failed, those for want of descriptors apart; Netty then pauses accepting for a second. */
    private static final class AcceptErrors extends ChannelInboundHandlerAdapter {
        private final ParkingLoop loop;

        AcceptErrors(ParkingLoop loop) {
            this.loop = loop;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            loop.counters()
                    .refused(
                            SocketErrors.wantsDescriptors(cause)
                                    ? Refusal.Counter.DESCRIPTORS
                                    : Refusal.Counter.ACCEPT);
            SocketErrors.note(cause);
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Stops accepting; what is connected stays. */
    Future<Void> close() {
        List<Future<Void>> closed = new ArrayList<>();
        synchronized (bound) {
            for (Bound listener : bound) {
                Promise<Void> promise = Promise.promise();
                closed.add(promise.future());
                listener.loop().execute(() -> listener.channel().close().addListener(_ -> promise.complete()));
            }
            bound.clear();
        }
        return Future.all(closed).mapEmpty();
    }
}
