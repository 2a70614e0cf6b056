package dev.weir.gateway.session;

import java.util.UUID;

/** Where a session stands. What each command may do in each state is decided by {@link SessionRules}. */
public sealed interface SessionState {
    /** The socket is open and the connect command has not come. */
    record AwaitingConnect() implements SessionState {
        /** One instance serves every session. */
        public static final AwaitingConnect INSTANCE = new AwaitingConnect();
    }

    /** Connect was answered with an error: nothing is taken any more, and the connection ends as stale. */
    record Rejected() implements SessionState {
        /** One instance serves every session. */
        public static final Rejected INSTANCE = new Rejected();
    }

    /**
     * The session is open.
     *
     * @param identity who it acts for
     * @param idHigh upper half of the connection's id; two numbers cost 16 bytes, the text 80
     * @param idLow lower half of the connection's id
     */
    record Connected(Identity identity, long idHigh, long idLow) implements SessionState {
        /** The connection's id as it stands on the wire. */
        public String client() {
            return new UUID(idHigh, idLow).toString();
        }
    }
}
