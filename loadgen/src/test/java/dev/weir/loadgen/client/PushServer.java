package dev.weir.loadgen.client;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small WebSocket server that speaks the client protocol, independent of the gateway. One event loop; rooms in memory.
 */
public final class PushServer implements AutoCloseable {
    /** Pongs received. */
    public final AtomicInteger pongs = new AtomicInteger();

    /** Publish requests received. */
    public final AtomicInteger published = new AtomicInteger();

    private final Vertx vertx;
    private final HttpServer server;
    private final ConcurrentHashMap<String, CopyOnWriteArrayList<ServerWebSocket>> rooms = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();

    public PushServer() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpServerOptions options = new HttpServerOptions()
                .setPort(0)
                .setHost("127.0.0.1")
                .setAcceptBacklog(4_096)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        server = await(vertx.createHttpServer(options)
                .webSocketHandler(this::accept)
                .requestHandler(this::answer)
                .listen());
    }

    public static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Where clients connect. */
    public URI target() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/connection/websocket");
    }

    /** Where the server API is. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void accept(ServerWebSocket socket) {
        sockets.add(socket);
        socket.closeHandler(gone -> {
            sockets.remove(socket);
            rooms.values().forEach(members -> members.remove(socket));
        });
        socket.textMessageHandler(text -> {
            StringBuilder replies = new StringBuilder();
            for (String line : text.split("\n", -1)) {
                replies.append(replies.isEmpty() ? "" : "\n").append(reply(socket, new JsonObject(line)));
            }
            if (!replies.isEmpty()) {
                socket.writeTextMessage(replies.toString());
            }
        });
    }

    private String reply(ServerWebSocket socket, JsonObject command) {
        if (command.isEmpty()) {
            pongs.incrementAndGet();
            return "";
        }
        String id = "{\"id\":" + command.getInteger("id");
        if (command.containsKey("connect")) {
            return id + ",\"connect\":{\"client\":\"c\",\"version\":\"t\",\"ping\":25,\"pong\":true}}";
        }
        if (command.containsKey("subscribe")) {
            String room = command.getJsonObject("subscribe").getString("channel");
            rooms.computeIfAbsent(room, ignored -> new CopyOnWriteArrayList<>()).add(socket);
            return id + ",\"subscribe\":{}}";
        }
        JsonObject publish = command.getJsonObject("publish");
        push(publish.getString("channel"), publish.getJsonObject("data").encode());
        return id + ",\"publish\":{}}";
    }

    private void answer(HttpServerRequest request) {
        if (!request.path().equals("/api/publish")) {
            request.response().setStatusCode(404).end();
            return;
        }
        if (!"key".equals(request.getHeader("X-API-Key"))) {
            request.response().setStatusCode(401).end();
            return;
        }
        request.bodyHandler(body -> {
            published.incrementAndGet();
            JsonObject publish = body.toJsonObject();
            if (publish.getString("channel").equals("refused")) {
                request.response().end("{\"error\":{\"code\":102,\"message\":\"unknown channel\"}}");
                return;
            }
            push(publish.getString("channel"), publish.getJsonObject("data").encode());
            request.response().end("{\"result\":{}}");
        });
    }

    /** Sends a publication to a room's members. */
    public void push(String room, String json) {
        String line = "{\"push\":{\"channel\":\"" + room + "\",\"pub\":{\"data\":" + json + "}}}";
        for (ServerWebSocket member : rooms.getOrDefault(room, new CopyOnWriteArrayList<>())) {
            member.writeTextMessage(line);
        }
    }

    /** Sends a line to all. */
    public void say(String line) {
        sockets.forEach(socket -> socket.writeTextMessage(line));
    }

    /** All that are connected. */
    public List<ServerWebSocket> sockets() {
        return List.copyOf(sockets);
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
