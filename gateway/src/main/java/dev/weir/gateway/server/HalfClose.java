package dev.weir.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;

/** Ends our direction of a socket once the last bytes have been taken, so that the client reads them and then the end. */
// Failures of writes and closes arrive in exceptionCaught, those of loop tasks in the loop's own log.
@SuppressWarnings("FutureReturnValueIgnored")
enum HalfClose implements ChannelFutureListener {
    INSTANCE;

    @Override
    public void operationComplete(ChannelFuture future) {
        Channel channel = future.channel();
        if (future.isSuccess() && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }
}
