package dev.weir.loadgen.publish;

import dev.weir.loadgen.measure.OperationRecorder;
import dev.weir.loadgen.measure.OperationTally;
import dev.weir.loadgen.pace.ConstantRate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks a gateway for its health at a rate, as what supervises it does: each time on a connection that may have to be opened.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> as many requests under way as become due in {@value #TIMEOUT_MILLIS} ms.
 */
public final class HealthCalls {
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final int POOL_MAX = 64;
    private static final int OK = 200;
    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    private final Vertx vertx;
    private final HttpClient client;
    private final String page;
    private final OperationRecorder recorder = new OperationRecorder();

    /**
     * Nothing is asked yet.
     *
     * @param base {@code http://} URI of the gateway's HTTP port
     */
    public HealthCalls(Vertx vertx, URI base) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(POOL_MAX));
        this.page = base.toString().replaceAll("/+$", "") + "/health";
    }

    /**
     * Asks.
     *
     * @param ratePerSecond above 0
     * @param count how often
     * @return completes when each is answered or given up
     */
    public Future<Void> ask(double ratePerSecond, long count) {
        Promise<Void> done = Promise.promise();
        long startNanos = System.nanoTime();
        if (count == 0) {
            done.complete();
        }
        turn(new Round(startNanos, new ConstantRate(ratePerSecond), count, new AtomicLong(count), done), 0);
        return done.future();
    }

    /** The last one is not always answered last: a new connection may be served before one that waits. */
    private record Round(long startNanos, ConstantRate rate, long count, AtomicLong open, Promise<Void> done) {
        long dueNanos(long call) {
            return startNanos + rate.dueNanos(call);
        }

        void answered() {
            if (open.decrementAndGet() == 0) {
                done.complete();
            }
        }
    }

    private void turn(Round round, long next) {
        if (next == round.count()) {
            return;
        }
        long waitMillis = TimeUnit.NANOSECONDS.toMillis(round.dueNanos(next) - System.nanoTime());
        vertx.setTimer(Math.max(1, waitMillis), due -> {
            call(round, next).onComplete(answered -> round.answered());
            turn(round, next + 1);
        });
    }

    private Future<Void> call(Round round, long number) {
        long dueNanos = round.dueNanos(number);
        long sentNanos = System.nanoTime();
        synchronized (recorder) {
            recorder.asked(1);
            recorder.sent();
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(page)
                .setTimeout(TIMEOUT_MILLIS);
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode()))
                .transform(answer -> {
                    long now = System.nanoTime();
                    synchronized (recorder) {
                        if (answer.failed()) {
                            recorder.failed("unanswered");
                        } else if (answer.result() != OK) {
                            recorder.failed("status " + answer.result());
                        } else {
                            recorder.answered((now - dueNanos) / MICRO, (now - sentNanos) / MICRO, (int)
                                    TimeUnit.NANOSECONDS.toSeconds(now - round.startNanos()));
                        }
                    }
                    return Future.succeededFuture();
                });
    }

    /** What came of it since the previous call. */
    public OperationTally tally() {
        synchronized (recorder) {
            return recorder.take();
        }
    }

    /** Ends what is under way. */
    public Future<Void> close() {
        return client.close();
    }
}
