package dev.weir.gateway.api;

import dev.weir.gateway.protocol.Payload;
import dev.weir.gateway.server.Hub;
import dev.weir.gateway.server.HubStats;
import dev.weir.gateway.server.RoundTrips;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Parked connections that only remember what was asked of them. */
final class FakeHub implements Hub {
    static final HubStats STATS = new HubStats(
            3,
            4,
            5,
            2,
            600,
            7,
            8,
            9,
            1_000,
            1_100,
            12,
            Map.of(3008, 13L, 3012, 1L),
            Map.of(107, 14L),
            Map.of("origin", 15L),
            16,
            17,
            new RoundTrips(List.of(1L, 0L, 0L, 0L, 2L, 0L, 0L, 0L, 3L, 0L, 0L, 0L, 4L), 50_000));

    final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public Future<Void> publish(String channel, Payload data) {
        if (channel.equals("broken")) {
            return Future.failedFuture("a loop is gone");
        }
        calls.add("publish " + channel + " " + data);
        return Future.succeededFuture();
    }

    @Override
    public Future<Integer> disconnect(String user, String client, int code, String reason) {
        calls.add("disconnect '" + user + "' '" + client + "' " + code + " " + reason);
        return Future.succeededFuture(1);
    }

    @Override
    public Future<Map<String, Integer>> channels() {
        return Future.succeededFuture(Map.of("news", 2, "chat-1", 1));
    }

    @Override
    public HubStats stats() {
        return STATS;
    }

    @Override
    public List<Integer> ports() {
        return List.of(8000);
    }

    @Override
    public String transport() {
        return "nio";
    }

    @Override
    public Future<Void> drain() {
        return Future.succeededFuture();
    }
}
