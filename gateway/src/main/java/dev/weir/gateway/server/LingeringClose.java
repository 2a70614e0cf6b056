package dev.weir.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Ends our direction of a socket once the client has been silent for {@value #SILENCE_MILLIS} ms, and discards what it says until then.
 *
 * <p>For a client that is refused while it still sends. A proxy that is told of our end closes its own socket to the client; what
 * the client had sent by then and nobody had read turns that close into a reset, which takes the close frame with it.
 *
 * <p><b>Threading:</b> owned by the socket's loop.
 *
 * <p><b>Bounds:</b> one task while it waits; the closing timeout ends a client that does not fall silent.
 *
 * <p><b>Source:</b> nginx's {@code lingering_close}, which ends its direction first and discards then: it has no proxy in front to be told too early.
 */
// Failures of writes and closes arrive in exceptionCaught, those of loop tasks in the loop's own log.
@SuppressWarnings("FutureReturnValueIgnored")
final class LingeringClose extends ChannelInboundHandlerAdapter implements ChannelFutureListener {
    private static final long SILENCE_MILLIS = 50;

    private final LoopCounters counters;
    private boolean heard;

    LingeringClose(LoopCounters counters) {
        this.counters = counters;
    }

    @Override
    public void operationComplete(ChannelFuture closeFrame) {
        if (closeFrame.isSuccess()) {
            closeFrame.channel().pipeline().addFirst(this);
            await(closeFrame);
        } else {
            closeFrame.channel().close();
        }
    }

    private void await(ChannelFuture closeFrame) {
        heard = false;
        closeFrame.channel().eventLoop().schedule(() -> look(closeFrame), SILENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(ChannelFuture closeFrame) {
        if (!closeFrame.channel().isActive()) {
            return;
        }
        if (heard) {
            await(closeFrame);
        } else {
            HalfClose.INSTANCE.operationComplete(closeFrame);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = true;
        ByteBuf in = (ByteBuf) message;
        counters.bytesReceived += in.readableBytes();
        in.release();
    }
}
