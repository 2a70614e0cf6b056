package dev.weir.gateway.hostile;

import dev.weir.gateway.server.HubFixture;
import dev.weir.gateway.server.HubStats;
import dev.weir.gateway.server.RawClient;
import dev.weir.gateway.server.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A gateway with a neighbour on it, reached directly and through two nginx hops. */
final class Site {
    private final HubFixture fixture;
    private final Path directory;
    private final Nginx ingress;
    private final Nginx edge;
    private final Neighbour neighbour;

    Site(TestConfig config) throws IOException, InterruptedException {
        fixture = new HubFixture(config);
        directory = Files.createTempDirectory("weir-hostile");
        ingress = new Nginx(directory.resolve("ingress"), fixture.port());
        edge = new Nginx(directory.resolve("edge"), ingress.port());
        neighbour = new Neighbour(fixture);
    }

    int port(Way way) {
        return switch (way) {
            case DIRECT -> fixture.port();
            case TWO_HOPS -> edge.port();
        };
    }

    HubFixture fixture() {
        return fixture;
    }

    HubStats stats() {
        return fixture.hub().stats();
    }

    /** Connected and in the room {@code r}. */
    RawClient subscribed(Way way) throws IOException {
        return RawClient.subscribed(port(way), "r");
    }

    long refused() {
        return stats().refused().values().stream().mapToLong(Long::longValue).sum();
    }

    long closedWith(int code) {
        return stats().disconnects().getOrDefault(code, 0L);
    }

    /** Waits until only the neighbour is left. */
    void awaitQuiet() throws InterruptedException {
        HubFixture.eventually(
                () -> stats().connectionsInflight() == 1 && stats().subscriptions() == 1 && stats().clients() == 1);
    }

    /** Checks the neighbour and that nothing of the others is left. */
    void end() throws Exception {
        try {
            awaitQuiet();
            neighbour.end();
        } finally {
            edge.close();
            ingress.close();
            fixture.close();
            deleteAll();
        }
    }

    private void deleteAll() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
