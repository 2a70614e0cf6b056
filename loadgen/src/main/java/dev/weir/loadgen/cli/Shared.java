package dev.weir.loadgen.cli;

import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer for all who ask while it is being found: however many ask, no more than one is under way.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one answer; who asks bounds how many wait for it.
 *
 * @param <T> the answer
 */
final class Shared<T> {
    private final Supplier<Future<T>> source;
    private @Nullable Future<T> underWay;

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
        Future<T> answer = underWay;
        if (answer == null || answer.isComplete()) {
            answer = source.get();
            underWay = answer;
        }
        return answer;
    }
}
