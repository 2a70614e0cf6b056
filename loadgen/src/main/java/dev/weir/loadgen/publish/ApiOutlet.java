package dev.weir.loadgen.publish;

import dev.weir.loadgen.wire.Commands;
import dev.weir.loadgen.wire.ServerReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;

/**
 * Publishes through server APIs: {@code POST BASE/api/publish}. Gateways that share no broker are islands, so a message goes to each base, and
 * counts as accepted when one accepted it.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one connection a base, with {@link #PIPELINED_MAX} requests under way, so that the order stays.
 */
public final class ApiOutlet implements Outlet {
    private static final int PIPELINED_MAX = 256;
    /** A message is answered when it is written to every member: to two million that takes half a minute. */
    private static final long TIMEOUT_MILLIS = 60_000;

    private static final int OK = 200;

    private final HttpClient client;
    private final List<URI> bases;
    private final String key;

    /**
     * An outlet without connections.
     *
     * @param bases {@code http://} URIs without {@code /api}
     * @param key the API key; empty sends none
     */
    public ApiOutlet(Vertx vertx, List<URI> bases, String key) {
        this.bases = List.copyOf(bases);
        this.key = key;
        HttpClientOptions options = new HttpClientOptions()
                .setPipelining(true)
                .setPipeliningLimit(PIPELINED_MAX)
                .setTcpNoDelay(true);
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(1))
                // What was under way fails by itself, and each failure is counted; nobody needs it in a log too.
                .withConnectHandler(connection -> connection.exceptionHandler(reset -> {}))
                .build();
    }

    @Override
    public Future<Answer> send(String room, String json) {
        Buffer body = Buffer.buffer(Commands.publishRequest(room, json));
        List<Future<Answer>> answers =
                bases.stream().map(base -> post(base, body)).toList();
        return Future.join(answers).map(all -> combined(answers));
    }

    private static Answer combined(List<Future<Answer>> answers) {
        List<Answer> each = answers.stream().map(Future::result).toList();
        if (each.contains(Answer.ACCEPTED)) {
            return Answer.ACCEPTED;
        }
        return each.contains(Answer.UNANSWERED) ? Answer.UNANSWERED : Answer.REFUSED;
    }

    private Future<Answer> post(URI base, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base.toString().replaceAll("/+$", "") + "/api/publish")
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("Content-Type", "application/json");
        if (!key.isEmpty()) {
            options.putHeader("X-API-Key", key);
        }
        return client.request(options)
                .compose(request -> exchange(request, body))
                .otherwise(failure -> failure instanceof ConnectException ? Answer.REFUSED : Answer.UNANSWERED);
    }

    private static Future<Answer> exchange(HttpClientRequest request, Buffer body) {
        return request.send(body).compose(response -> response.body()
                .map(answer -> response.statusCode() == OK && isSuccess(answer) ? Answer.ACCEPTED : Answer.REFUSED));
    }

    private static boolean isSuccess(Buffer answer) {
        byte[] bytes = answer.getBytes();
        return ServerReply.read(bytes, 0, bytes.length).errorCode() == 0;
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
