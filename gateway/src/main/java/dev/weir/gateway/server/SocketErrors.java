package dev.weir.gateway.server;

import io.netty.channel.unix.Errors;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said about errors on client sockets: a peer that went away is no news, anything else is a fault of ours.
 *
 * <p><b>Threading:</b> any thread.
 */
final class SocketErrors {
    private static final Logger LOG = LoggerFactory.getLogger(SocketErrors.class);

    /** Linux's numbers. */
    private static final int ENFILE = 23;

    private static final int EMFILE = 24;

    private SocketErrors() {}

    /** Whether the process or the system has no descriptor left. */
    static boolean wantsDescriptors(Throwable cause) {
        if (cause instanceof Errors.NativeIoException nativeError) {
            return nativeError.expectedErr() == -EMFILE || nativeError.expectedErr() == -ENFILE;
        }
        return cause instanceof IOException
                && String.valueOf(cause.getMessage()).contains("Too many open files");
    }

    static void note(Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("a client socket failed: {}", cause.getMessage());
        } else {
            LOG.error("closing one connection after an unexpected error", cause);
        }
    }
}
