package dev.weir.loadgen.cli;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * One answer for all who ask while it is being found: however many ask, no more than one is under way.
 *
 * <p><b>Threading:</b> any thread.
 *
 * @param <T> the answer
 */
final class Shared<T> {
    private final Supplier<Future<T>> source;
    private Future<T> underWay = Future.failedFuture("nobody has asked");

    /**
     * Asks nothing by itself.
     *
     * @param source begins to find an answer
     */
    Shared(Supplier<Future<T>> source) {
        this.source = source;
    }

    /** The answer that is being found, or else a new one. */
    synchronized Future<T> get() {
        if (underWay.isComplete()) {
            underWay = source.get();
        }
        return underWay;
    }
}
