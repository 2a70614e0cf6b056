package dev.weir.gateway.api;

import dev.weir.gateway.auth.ApiKey;
import dev.weir.gateway.config.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The HTTP listener of the server API, health and metrics.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> bodies of {@value ApiRouter#BODY_BYTES_MAX} bytes, headers of 8 KiB, silent
 * connections of 60 s.
 */
public final class ApiServer {
    private static final int IDLE_SECONDS = 60;

    private final HttpServer server;

    private ApiServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param vertx the control Vert.x, made with {@link GatewayMetrics}
     * @param readiness where the process is; asked on every request
     * @return fails with {@link java.net.BindException} when the port is taken
     */
    public static Future<ApiServer> listen(
            Vertx vertx, GatewayConfig config, Node node, GatewayMetrics metrics, Supplier<Readiness> readiness) {
        ApiRouter router =
                new ApiRouter(config.api().key().map(ApiKey::new), new ApiService(config, node), readiness, metrics);
        return vertx.createHttpServer(options(config.api()))
                .requestHandler(router.build(vertx))
                .listen()
                .map(ApiServer::new);
    }

    /** The port that is listened on, chosen by the kernel when 0 was asked. */
    public int port() {
        return server.actualPort();
    }

    /** Stops listening and closes what is open. */
    public Future<Void> close() {
        return server.close();
    }

    /** Nothing is ever inflated: Vert.x up to 5.0.12 has no bound on what a small compressed body becomes. */
    static HttpServerOptions options(GatewayConfig.Api api) {
        return new HttpServerOptions()
                .setHost(api.host())
                .setPort(api.port())
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }
}
