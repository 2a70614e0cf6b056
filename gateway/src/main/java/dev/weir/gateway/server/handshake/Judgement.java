package dev.weir.gateway.server.handshake;

/** What becomes of a handshake. */
public sealed interface Judgement {
    /**
     * The socket becomes a WebSocket.
     *
     * @param key the client's key, as it stands in its header
     * @param subprotocol the subprotocol to echo; empty when none was offered
     */
    record Accepted(String key, String subprotocol) implements Judgement {}

    /**
     * The socket gets an HTTP answer and closes.
     *
     * @param refusal the answer
     */
    record Refused(Refusal refusal) implements Judgement {}
}
