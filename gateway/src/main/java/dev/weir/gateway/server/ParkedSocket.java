package dev.weir.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a parked WebSocket: past the channel's queue while that is empty, else by it.
 *
 * <p>A part of {@link ParkedConnection} by inheritance, and not an object beside it, which would be memory for each of a million, and one more place to
 * look at for every delivery.
 *
 * <p><b>Threading:</b> owned by one loop. <b>Bounds:</b> what waits in the channel's queue is bounded by whoever writes.
 */
// Failures of writes and closes arrive in exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
abstract sealed class ParkedSocket extends ChannelInboundHandlerAdapter permits ParkedConnection {
    final ParkingLoop loop;

    @Nullable
    ChannelHandlerContext context;

    /** Where a frame can go past the channel's queue; reached without a look at the channel, whose parts lie all over the heap. */
    private @Nullable Socket socket;

    boolean inBacklog;
    /** Something may have been written since the last flush; at first it is the answer to the handshake. */
    private boolean unflushed = true;

    ParkedSocket(ParkingLoop loop) {
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        socket = DirectSend.socketOf(ctx.channel());
    }

    /** The kernel has not taken everything: it is looked at again with the loop's tick. */
    abstract void enterBacklog();

    /** Queues a frame that leaves with the next flush. */
    final void write(ChannelHandlerContext ctx, ByteBuf frame) {
        unflushed = true;
        loop.counters().bytesSent += frame.readableBytes();
        ctx.write(frame, ctx.voidPromise());
    }

    /** Sends what was written. */
    final void flush() {
        if (context != null) {
            flush(context);
        }
    }

    final void flush(ChannelHandlerContext ctx) {
        unflushed = false;
        ctx.flush();
        if (!inBacklog && QueueShare.pendingBytes(ctx) > loop.underWayBytes()) {
            enterBacklog();
        }
    }

    /** Whether the next frame goes past the queue, as far as is known without a look at the socket. */
    final boolean goesPastQueue() {
        return socket != null && !inBacklog && !unflushed;
    }

    /** An empty queue takes any frame, and most of the time the kernel does too: only what it leaves is queued. */
    final boolean sendPastQueue(SharedFrame frame) throws IOException {
        Socket past = socket;
        if (past == null || !goesPastQueue() || !DirectSend.possible(past, frame)) {
            return false;
        }
        int sent = DirectSend.send(past, frame);
        loop.counters().bytesSent += sent;
        ChannelHandlerContext ctx = context;
        if (sent < frame.length() && ctx != null) {
            write(ctx, frame.buffer().retainedSlice(sent, frame.length() - sent));
            flush(ctx);
        }
        return true;
    }

    /** Closes the socket now. What a client has not taken by then is discarded rather than left to the kernel. */
    final void abort() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            Channel channel = ctx.channel();
            if (channel.isActive() && QueueShare.pendingBytes(ctx) > 0) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            channel.close();
        }
    }
}
