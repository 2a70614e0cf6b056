package dev.weir.gateway.broker;

import dev.weir.gateway.protocol.Push;
import java.util.concurrent.CompletionStage;

/**
 * Takes publications and brings each to every node that has subscribers.
 *
 * <p>Publications of one channel reach every subscriber in one order, whoever sent them.
 *
 * <p><b>Threading:</b> may be called from any thread.
 */
public interface Broker {
    /**
     * Publishes one message.
     *
     * @return completes when the broker has taken it
     */
    CompletionStage<Void> publish(Push.Publication publication);
}
