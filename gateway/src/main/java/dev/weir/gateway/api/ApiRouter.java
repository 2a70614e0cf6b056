package dev.weir.gateway.api;

import dev.weir.gateway.api.ApiRequest.NotJson;
import dev.weir.gateway.api.ApiRequest.Understood;
import dev.weir.gateway.api.ApiRequest.Wrong;
import dev.weir.gateway.api.ApiService.Answer;
import dev.weir.gateway.auth.ApiKey;
import dev.weir.gateway.protocol.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes of the server's HTTP side.
 *
 * <p>A request is refused as early as it can be: unknown path (404), wrong method (405), no key (401) and an encoding (415) are seen
 * before the first byte of the body is read, which ends at {@value #BODY_BYTES_MAX} bytes (413).
 *
 * <p><b>Threading:</b> the control Vert.x's event loop.
 */
final class ApiRouter {
    static final int BODY_BYTES_MAX = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
    private static final String AUTHORIZATION_SCHEME = "apikey ";

    private final Optional<ApiKey> key;
    private final ApiService service;
    private final Supplier<Readiness> readiness;
    private final GatewayMetrics metrics;

    ApiRouter(Optional<ApiKey> key, ApiService service, Supplier<Readiness> readiness, GatewayMetrics metrics) {
        this.key = key;
        this.service = service;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    Router build(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/health").handler(request -> send(request, 200, new JsonObject().put("status", "ok")));
        router.get("/ready").handler(this::ready);
        router.get("/metrics").handler(this::metrics);
        for (ApiMethod method : ApiMethod.values()) {
            String path = "/api/" + method.path();
            router.post(path).handler(this::authenticate);
            router.post(path).handler(ApiRouter::refuseEncodings);
            router.post(path).handler(request -> readBody(request, method));
        }
        router.route().failureHandler(ApiRouter::failed);
        router.errorHandler(404, request -> refuse(request, 404, "path must be one of this server's"));
        router.errorHandler(405, request -> refuse(request, 405, "method must be POST under /api and GET elsewhere"));
        return router;
    }

    private void ready(RoutingContext request) {
        Readiness now = readiness.get();
        int status = now instanceof Readiness.Serving ? 200 : 503;
        send(request, status, new JsonObject().put("status", now.word()));
    }

    /** Listing the open descriptors takes milliseconds when there are many: not on an event loop. */
    private void metrics(RoutingContext request) {
        request.vertx()
                .executeBlocking(metrics::scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, GatewayMetrics.CONTENT_TYPE)
                        .end(text))
                .onFailure(request::fail);
    }

    private void authenticate(RoutingContext request) {
        if (key.isPresent() && key.get().matches(presentedKey(request))) {
            request.next();
        } else {
            refuse(
                    request,
                    401,
                    key.isPresent()
                            ? "X-API-Key must be this server's key"
                            : "server must have a key: set --api-key or WEIR_API_KEY");
        }
    }

    private static String presentedKey(RoutingContext request) {
        String header = request.request().getHeader("X-API-Key");
        if (header != null) {
            return header;
        }
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, AUTHORIZATION_SCHEME, 0, AUTHORIZATION_SCHEME.length())
                    ? authorization.substring(AUTHORIZATION_SCHEME.length()).strip()
                    : "";
        }
        String parameter = request.request().getParam("api_key");
        return parameter == null ? "" : parameter;
    }

    private static void refuseEncodings(RoutingContext request) {
        String encoding = request.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            request.next();
        } else {
            refuse(request, 415, "Content-Encoding must be identity");
        }
    }

    /**
     * Collects the body as it is. The usual body handler would take what {@code curl -d} sends for a form, whose fields may not be
     * longer than 8 KiB.
     */
    private void readBody(RoutingContext request, ApiMethod method) {
        if ("100-continue".equalsIgnoreCase(request.request().getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        Buffer body = Buffer.buffer();
        request.request()
                .handler(part -> {
                    if (body.length() + part.length() <= BODY_BYTES_MAX) {
                        body.appendBuffer(part);
                    } else {
                        refuse(request, 413, "body must be <= " + BODY_BYTES_MAX + " bytes");
                    }
                })
                .endHandler(end -> command(request, method, body.getBytes()));
    }

    private void command(RoutingContext request, ApiMethod method, byte[] body) {
        if (request.response().ended()) {
            return;
        }
        switch (ApiRequestReader.read(method, body)) {
            case NotJson(String why) -> refuse(request, 400, why);
            case Wrong(ApiError error) -> answer(request, new Answer.Failure(error));
            case Understood(ApiRequest command) -> run(request, command);
        }
    }

    private void run(RoutingContext request, ApiRequest command) {
        readiness
                .get()
                .connections()
                .ifPresentOrElse(
                        hub -> service.run(command, hub)
                                .onSuccess(answer -> answer(request, answer))
                                .onFailure(cause -> {
                                    LOG.warn(
                                            "command failed: {}",
                                            command.getClass().getSimpleName(),
                                            cause);
                                    answer(
                                            request,
                                            new Answer.Failure(
                                                    new ApiError(ErrorCode.INTERNAL, "see the server's log")));
                                }),
                        () -> refuse(request, 503, "server must be ready: status=starting; try again"));
    }

    private static void answer(RoutingContext request, Answer answer) {
        boolean transportErrors = "transport".equalsIgnoreCase(request.request().getHeader("X-Centrifugo-Error-Mode"));
        if (transportErrors && answer instanceof Answer.Failure(ApiError error)) {
            send(request, error.httpStatus(), ApiService.json(answer).getJsonObject("error"));
        } else {
            send(request, 200, ApiService.json(answer));
        }
    }

    private static void failed(RoutingContext request) {
        int status = request.statusCode();
        if (status >= 400 && status < 500) {
            refuse(request, status, "request must be readable");
        } else {
            LOG.error(
                    "request failed: {} {}",
                    request.request().method(),
                    request.request().path(),
                    request.failure());
            refuse(request, 500, "internal error; see the server's log");
        }
    }

    private static void send(RoutingContext request, int status, JsonObject json) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json.toBuffer());
    }

    /** Answers and gives the connection up, since what is left of the body was not read and will not be. */
    private static void refuse(RoutingContext request, int status, String why) {
        HttpServerResponse response = request.response();
        if (response.ended()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(why + "\n");
    }
}
