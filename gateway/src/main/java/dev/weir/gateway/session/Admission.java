package dev.weir.gateway.session;

import dev.weir.gateway.protocol.Disconnect;
import dev.weir.gateway.protocol.ErrorCode;

/** The answer to a connect command. */
public sealed interface Admission {
    /**
     * Let in.
     *
     * @param identity who the session acts for
     */
    record Admitted(Identity identity) implements Admission {}

    /**
     * Answered with an error; the client may come back with other credentials.
     *
     * @param error why
     */
    record Rejected(ErrorCode error) implements Admission {}

    /**
     * Closed.
     *
     * @param disconnect how
     */
    record Refused(Disconnect disconnect) implements Admission {}
}
