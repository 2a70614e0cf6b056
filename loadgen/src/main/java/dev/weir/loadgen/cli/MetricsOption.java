package dev.weir.loadgen.cli;

import dev.weir.loadgen.run.RunMetrics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the agents live through, for Prometheus to read while they do. */
final class MetricsOption {
    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            description =
                    "while it lasts, serve http://HOST:PORT/metrics: the phase, connections, deliveries, latencies")
    private @Nullable String listen;

    private @Nullable RunMetrics metrics;

    /** What is to be told of each phase; empty when nobody asked for it. */
    Optional<RunMetrics> asked() {
        if (listen != null && metrics == null) {
            metrics = new RunMetrics();
        }
        return Optional.ofNullable(metrics);
    }

    /**
     * Serves it until it is closed; null when nobody asked for it.
     *
     * @throws dev.weir.loadgen.error.LabException of kind USAGE when it is no address, of kind ENVIRONMENT when it cannot be listened at
     */
    @Nullable
    MetricsServer serve() throws InterruptedException {
        RunMetrics told = asked().orElse(null);
        return listen == null || told == null
                ? null
                : MetricsServer.start(RemoteAgentOptions.address("--metrics", listen), told::text);
    }
}
