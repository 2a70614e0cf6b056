package dev.weir.loadgen.publish;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthCallsIT {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<HttpServerRequest> asked = new ArrayList<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** The first one is answered well after the second. */
    private void answer(HttpServerRequest request) {
        asked.add(request);
        if (asked.size() == 2) {
            request.response().end();
            vertx.setTimer(300, due -> asked.getFirst().response().end());
        }
    }

    @Test
    void shouldEndWhenEachIsAnsweredAndNotTheLast() {
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        HealthCalls calls = new HealthCalls(vertx, URI.create("http://127.0.0.1:" + server.actualPort()));

        await(calls.ask(50, 2));

        assertThat(calls.tally().answered()).isEqualTo(2);
    }

    @Test
    void shouldEndAtOnceWhenNothingIsToBeAsked() {
        HealthCalls calls = new HealthCalls(vertx, URI.create("http://127.0.0.1:1"));
        await(calls.ask(50, 0));
        assertThat(calls.tally().asked()).isZero();
    }
}
