package dev.weir.gateway.session;

import dev.weir.gateway.protocol.ErrorCode;

/** The answer to whether a session may do something with a channel. */
public sealed interface Right {
    /** It may. */
    record Granted() implements Right {}

    /**
     * It may not.
     *
     * @param error what the client is told
     */
    record Denied(ErrorCode error) implements Right {}
}
