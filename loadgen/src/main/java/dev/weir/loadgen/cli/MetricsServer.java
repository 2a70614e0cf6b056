package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.error.LabException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A page at {@code /metrics} for Prometheus.
 *
 * <p><b>Threading:</b> any thread closes it. <b>Bounds:</b> however many ask, the page is made once at a time, on a thread of its own.
 */
final class MetricsServer implements AutoCloseable {
    private static final int START_SECONDS = 10;

    private final Vertx vertx;
    private final HttpServer server;

    private MetricsServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * Serves a page until it is closed.
     *
     * @param page makes it
     * @throws LabException of kind ENVIRONMENT when the address cannot be listened at
     */
    static MetricsServer start(RemoteAgent.Address at, Callable<String> page) throws InterruptedException {
        // One reader: a page that is slow to make holds up itself and nothing else.
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        Shared<String> latest = new Shared<>(() -> vertx.executeBlocking(page));
        HttpServer server = vertx.createHttpServer().requestHandler(request -> answer(latest, request));
        MetricsServer started = new MetricsServer(vertx, server);
        try {
            server.listen(at.port(), at.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
            return started;
        } catch (ExecutionException | TimeoutException e) {
            started.close();
            throw LabException.environment(
                    "the port for metrics must be free, and its address this host's: listen=" + at + "; "
                            + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            started.close();
            throw e;
        }
    }

    private static void answer(Shared<String> latest, HttpServerRequest request) {
        if (!request.path().equals("/metrics")) {
            request.response().setStatusCode(404).end("metrics are at /metrics\n");
            return;
        }
        latest.get()
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(e -> request.response().setStatusCode(500).end(e + "\n"));
    }

    /** The port it listens on. */
    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
