package dev.weir.loadgen.publish;

import dev.weir.loadgen.client.TlsTrust;
import dev.weir.loadgen.wire.Commands;
import dev.weir.loadgen.wire.ServerLine;
import dev.weir.loadgen.wire.ServerReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through a connection of the client protocol, so that messages take the same way as their deliveries.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one connection; answers are awaited for {@link #TIMEOUT_MILLIS}.
 */
public final class SocketOutlet implements Outlet {
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final String NAME = "weir-publish";
    private static final String PONG = "{}";

    private final Vertx vertx;
    private final WebSocketClient client;
    private final Map<Long, Promise<ServerReply>> pending = new HashMap<>();
    private @Nullable WebSocket socket;
    private long lastId;

    private SocketOutlet(Vertx vertx, TlsTrust trust) {
        this.vertx = vertx;
        WebSocketClientOptions options =
                new WebSocketClientOptions().setTrustAll(trust.anyone()).setVerifyHost(!trust.anyone());
        if (!trust.ca().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(trust.ca()));
        }
        this.client = vertx.createWebSocketClient(options);
    }

    /**
     * Connects.
     *
     * @param target a {@code ws://} or {@code wss://} URI
     * @param headers further request headers, {@code Name: value}
     * @param trust whose certificates are believed
     * @return fails when the server cannot be reached or refuses
     */
    public static Future<SocketOutlet> connect(Vertx vertx, URI target, List<String> headers, TlsTrust trust) {
        SocketOutlet outlet = new SocketOutlet(vertx, trust);
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setAbsoluteURI(target.toString()).setTimeout(TIMEOUT_MILLIS);
        for (String header : headers) {
            int colon = header.indexOf(':');
            options.addHeader(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return outlet.client.connect(options).compose(outlet::greet).map(reply -> outlet);
    }

    private Future<ServerReply> greet(WebSocket connected) {
        synchronized (this) {
            socket = connected;
        }
        connected.textMessageHandler(this::take).closeHandler(ended -> abandon());
        return ask(id -> Commands.connect((int) (long) id, NAME))
                .compose(reply -> reply.errorCode() == 0
                        ? Future.succeededFuture(reply)
                        : Future.failedFuture("server must accept a publisher connection: error=" + reply.errorCode()));
    }

    @Override
    public Future<Answer> send(String room, String json) {
        return ask(id -> Commands.publish(id, room, json))
                .map(reply -> reply.errorCode() == 0 ? Answer.ACCEPTED : Answer.REFUSED)
                .otherwise(failure -> failure instanceof NotConnected ? Answer.REFUSED : Answer.UNANSWERED);
    }

    private Future<ServerReply> ask(Function<Long, String> command) {
        Promise<ServerReply> promise = Promise.promise();
        long id;
        WebSocket open;
        synchronized (this) {
            if (socket == null) {
                return Future.failedFuture(new NotConnected());
            }
            open = socket;
            id = ++lastId;
            pending.put(id, promise);
        }
        open.writeTextMessage(command.apply(id)).onFailure(promise::tryFail);
        long timer = vertx.setTimer(TIMEOUT_MILLIS, late -> promise.tryFail(new TimeoutException()));
        return promise.future().onComplete(done -> {
            vertx.cancelTimer(timer);
            forget(id);
        });
    }

    private synchronized void forget(long id) {
        pending.remove(id);
    }

    private void take(String text) {
        for (String line : text.split("\n", -1)) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            switch (ServerLine.of(bytes, 0, bytes.length)) {
                case PING -> pong();
                case REPLY -> answer(ServerReply.read(bytes, 0, bytes.length));
                case PUSH -> {}
            }
        }
    }

    private void pong() {
        WebSocket open;
        synchronized (this) {
            open = socket;
        }
        if (open != null) {
            open.writeTextMessage(PONG).onFailure(failure -> abandon());
        }
    }

    private void answer(ServerReply reply) {
        @Nullable Promise<ServerReply> promise;
        synchronized (this) {
            promise = pending.get((long) reply.id());
        }
        if (promise != null) {
            promise.tryComplete(reply);
        }
    }

    private void abandon() {
        List<Promise<ServerReply>> orphans;
        synchronized (this) {
            socket = null;
            orphans = List.copyOf(pending.values());
        }
        orphans.forEach(orphan -> orphan.tryFail("connection ended"));
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    private static final class NotConnected extends Exception {}
}
