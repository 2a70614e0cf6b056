package dev.weir.gateway.broker;

import dev.weir.gateway.protocol.Push;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A broker within one process: what is published here is delivered here.
 *
 * <p><b>Threading:</b> any thread. Two publishers of one channel must not reach two loops in different order, so handing over to
 * the loops is done under a lock that the channel's hash picks; encoding is done before it.
 *
 * <p><b>Bounds:</b> holds nothing.
 *
 * @param <F> a publication made ready for the loops
 */
public final class MemoryBroker<F> implements Broker {
    private static final int STRIPES = 64;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final Function<Push.Publication, F> ready;
    private final Consumer<F> deliver;

    /**
     * A broker that hands over to the loops of this process.
     *
     * @param ready encodes, outside the lock
     * @param deliver hands to every loop, under the lock; must not block
     */
    public MemoryBroker(Function<Push.Publication, F> ready, Consumer<F> deliver) {
        this.ready = ready;
        this.deliver = deliver;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    @Override
    public CompletionStage<Void> publish(Push.Publication publication) {
        F prepared = ready.apply(publication);
        ReentrantLock stripe = stripes[publication.channel().hashCode() & (STRIPES - 1)];
        stripe.lock();
        try {
            deliver.accept(prepared);
        } finally {
            stripe.unlock();
        }
        return CompletableFuture.completedStage(null);
    }
}
