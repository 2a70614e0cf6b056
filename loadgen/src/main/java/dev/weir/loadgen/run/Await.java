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
     * @param what names it in messages
     * @throws LabException when it fails or takes longer than the patience
     * @throws InterruptedException when the run is to end
     */
    static <T> T value(Future<T> future, Duration patience, String what) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LabException lab) {
                throw lab;
            }
            throw LabException.internal(what + " failed: " + cause, e);
        } catch (TimeoutException e) {
            throw LabException.internal(what + " must end within " + patience.toSeconds() + " s", e);
        }
    }
}
