package dev.weir.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundBuffer.MessageProcessor;

/**
 * What giving up a connection's queue is worth: a frame that others wait for too is freed only with the last of them, so each
 * is credited with a part of it.
 *
 * <p><b>Threading:</b> the connection's loop.
 */
final class QueueShare implements MessageProcessor {
    private long bytes;

    private QueueShare() {}

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
