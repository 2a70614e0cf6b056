package dev.weir.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.config.GatewayConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SocketFamilyIT {
    private static final ChannelOption<Integer> NODELAY = new IntegerUnixChannelOption("TEST_TCP_NODELAY", 6, 1);
    private static final ChannelOption<Integer> NOTSENT_LOWAT =
            new IntegerUnixChannelOption("TEST_TCP_NOTSENT_LOWAT", 6, 25);

    @ParameterizedTest
    @EnumSource(names = {"IO_URING", "EPOLL"})
    void shouldBoundWhatTheKernelHoldsWhenASocketIsAccepted(GatewayConfig.Transport transport) throws Exception {
        GatewayConfig config = TestConfig.on(transport).build();
        SocketFamily family = SocketFamily.of(transport);
        EventLoopGroup group = family.transport(false, 1_024)
                .implementation()
                .eventLoopGroup(Transport.IO_EVENT_LOOP_GROUP, 1, Thread::new, 100);
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        try {
            Channel listener = family.configure(new ServerBootstrap().group(group, group), config)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            accepted.complete(channel);
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) listener.localAddress()).getPort();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Channel channel = accepted.get(5, TimeUnit.SECONDS);

                assertThat(channel.config().getOption(NOTSENT_LOWAT)).isEqualTo(32 * 1024);
                assertThat(channel.config().getOption(NODELAY)).isPositive();
                assertThat(client.isConnected()).isTrue();
            }
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }
}
