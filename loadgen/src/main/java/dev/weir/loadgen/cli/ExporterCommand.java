package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.evidence.EvidencePage;
import dev.weir.loadgen.run.Interruption;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the lab's probes to Prometheus. */
@Command(
        name = "exporter",
        description = "Serve the lab's probes of a running chain as Prometheus metrics: read-only, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {"", "GET /metrics: each figure as weir_hop_<probe>_<figure>{hop=\"...\"}."})
final class ExporterCommand implements Callable<Integer> {
    private static final int START_SECONDS = 10;

    @Mixin
    private LoadHops hops = new LoadHops();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9101",
            description = "where Prometheus asks (default: ${DEFAULT-VALUE})")
    private String listen = "127.0.0.1:9101";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        RemoteAgent.Address at = RemoteAgentOptions.address("--listen", listen);
        EvidencePage page = new EvidencePage(hops.targets());
        // One reader: a probe that is slow holds up its page and nothing else.
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        Shared<String> latest = new Shared<>(() -> vertx.executeBlocking(page::text));
        try (Interruption interruption = new Interruption()) {
            HttpServer server = vertx.createHttpServer().requestHandler(request -> answer(latest, request));
            start(server, at);
            spec.commandLine()
                    .getOut()
                    .println("metrics of " + hops.line() + " at http://" + at.host() + ":" + server.actualPort()
                            + "/metrics");
            spec.commandLine().getOut().flush();
            return hold(interruption);
        } finally {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static void start(HttpServer server, RemoteAgent.Address at) throws InterruptedException {
        try {
            server.listen(at.port(), at.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw LabException.environment("the exporter's port must be free: listen=" + at + "; " + e.getMessage(), e);
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

    /** Until a signal comes. */
    private static int hold(Interruption interruption) {
        try {
            Thread.sleep(Long.MAX_VALUE);
            return ExitCodes.OK;
        } catch (InterruptedException e) {
            return interruption.requested() ? ExitCodes.OK : ExitCodes.INTERRUPTED;
        }
    }
}
