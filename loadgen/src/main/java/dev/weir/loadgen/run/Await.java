package dev.weir.loadgen.run;

import dev.weir.loadgen.error.LabException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a future on the thread that drives a run. */
final class Await {
    private Await() {}

    /**
     * The value of a future.
     *
     * @throws LabException when it fails
     * @throws TimeoutException when it takes longer than the patience
     * @throws InterruptedException when the run is to end
     */
    static <T> T value(Future<T> future, Duration patience) throws InterruptedException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LabException lab) {
                throw lab;
            }
            throw LabException.internal("asking the agents failed: " + cause, e);
        }
    }
}
