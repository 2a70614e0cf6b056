package dev.weir.gateway.fanout;

/**
 * The bound on what a connection has not taken, as a pure function of its queue.
 *
 * <p>An empty queue takes a frame of any size: else a frame above the bound could reach nobody.
 *
 * <p><b>Threading:</b> immutable.
 *
 * @param queueBytesMax bytes that may wait for one connection
 * @param policy what happens to a message beyond that
 */
public record SlowConsumerRule(long queueBytesMax, SlowConsumerPolicy policy) {

    /** What becomes of one message for one connection. */
    public enum Delivery {
        SEND,
        DISCONNECT,
        DROP,
        KEEP_LATEST
    }

    /**
     * Decides about a message.
     *
     * @param pendingBytes bytes that wait already
     * @param frameBytes bytes of the message's frame
     */
    public Delivery message(long pendingBytes, int frameBytes) {
        if (fits(pendingBytes, frameBytes)) {
            return Delivery.SEND;
        }
        return switch (policy) {
            case SlowConsumerPolicy.Disconnect _ -> Delivery.DISCONNECT;
            case SlowConsumerPolicy.Drop _ -> Delivery.DROP;
            case SlowConsumerPolicy.Latest _ -> Delivery.KEEP_LATEST;
        };
    }

    /**
     * Decides about a reply or a pong. These are never dropped, because a client waits for each: beyond the bound the
     * connection ends under any policy. A server's own ping is not asked about, since only one is ever outstanding.
     *
     * @param pendingBytes bytes that wait already
     * @param frameBytes bytes of the frame
     */
    public Delivery control(long pendingBytes, int frameBytes) {
        return fits(pendingBytes, frameBytes) ? Delivery.SEND : Delivery.DISCONNECT;
    }

    private boolean fits(long pendingBytes, int frameBytes) {
        return pendingBytes == 0 || pendingBytes + frameBytes <= queueBytesMax;
    }
}
