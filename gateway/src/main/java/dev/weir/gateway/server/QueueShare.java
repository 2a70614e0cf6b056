package dev.weir.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundBuffer.MessageProcessor;

/**
 * What waits in a connection's queue, and what giving it up is worth: a frame that others wait for too is freed only with the last of them, so each
 * is credited with a part of it.
 *
 * <p><b>Threading:</b> the connection's loop.
 */
final class QueueShare implements MessageProcessor {
    private long bytes;

    private QueueShare() {}

    /** Bytes that the kernel has not taken, with what queueing them costs. */
    static long pendingBytes(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer queue = ctx.channel().unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    /** Bytes that giving up what has been flushed would free. */
    static long bytes(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer queue = ctx.channel().unsafe().outboundBuffer();
        return queue == null ? 0 : bytes(queue);
    }

    static long bytes(ChannelOutboundBuffer queue) {
        QueueShare share = new QueueShare();
        try {
            queue.forEachFlushedMessage(share);
        } catch (Exception e) {
            throw new IllegalStateException("a queue must be readable", e);
        }
        return share.bytes;
    }

    @Override
    public boolean processMessage(Object message) {
        if (message instanceof ByteBuf frame) {
            bytes += frame.readableBytes() / Math.max(1, frame.refCnt());
        }
        return true;
    }
}
