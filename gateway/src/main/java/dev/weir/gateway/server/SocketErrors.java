package dev.weir.gateway.server;

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

    private SocketErrors() {}

    static void note(Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("a client socket failed: {}", cause.getMessage());
        } else {
            LOG.error("closing one connection after an unexpected error", cause);
        }
    }
}
