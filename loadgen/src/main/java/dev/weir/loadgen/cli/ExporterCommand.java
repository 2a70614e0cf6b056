package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.evidence.EvidencePage;
import dev.weir.loadgen.run.Interruption;
import java.util.concurrent.Callable;
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
        try (Interruption interruption = new Interruption();
                MetricsServer server = MetricsServer.start(at, page::text)) {
            spec.commandLine()
                    .getOut()
                    .println(
                            "metrics of " + hops.line() + " at http://" + at.host() + ":" + server.port() + "/metrics");
            spec.commandLine().getOut().flush();
            return hold(interruption);
        }
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
