package dev.weir.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Hands a frame that many get to the kernel past the channel's queue: no duplicate of the frame, no entry, no count, only {@code send()}.
 *
 * <p>Right only while nothing waits in that queue, and on the socket's own loop.
 */
final class DirectSend {
    private DirectSend() {}

    /** The socket to send to, or null when what is written must go by the queue: io_uring's sockets would block. */
    static @Nullable Socket socketOf(Channel channel) {
        return channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket socket ? socket : null;
    }

    /** Whether the frame can be sent so. The number of a socket that is closed may be another's by now. */
    static boolean possible(Socket socket, SharedFrame frame) {
        return frame.address() != 0 && socket.isOpen();
    }

    /**
     * Sends what the kernel takes.
     *
     * @return bytes that it took, 0 when it has no room
     * @throws IOException when the peer is gone
     */
    static int send(Socket socket, SharedFrame frame) throws IOException {
        return socket.sendAddress(frame.address(), 0, frame.length());
    }
}
