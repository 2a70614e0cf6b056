package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.Agent;
import dev.weir.loadgen.agent.AgentShape;
import dev.weir.loadgen.agent.Agents;
import dev.weir.loadgen.agent.ConnectPlan;
import dev.weir.loadgen.agent.Ensemble;
import dev.weir.loadgen.agent.LoadOutcome;
import dev.weir.loadgen.agent.LoadRun;
import dev.weir.loadgen.agent.LoadSettings;
import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.client.TargetProbe;
import dev.weir.loadgen.doctor.Preflight;
import dev.weir.loadgen.doctor.ThisHost;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.measure.Threshold;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.publish.ApiOutlet;
import dev.weir.loadgen.publish.Outlet;
import dev.weir.loadgen.publish.Publisher;
import dev.weir.loadgen.publish.SocketOutlet;
import dev.weir.loadgen.report.RecordFile;
import dev.weir.loadgen.report.SavedRun;
import dev.weir.loadgen.run.RunMetrics;
import dev.weir.proxy.HostReader;
import dev.weir.proxy.capacity.HostLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads any WebSocket server. */
@Command(
        name = "load",
        description =
                "Open connections to any WebSocket server, hold them, publish, and count what each lived through.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 done, 1 fewer connections than asked, 2 usage, 3 a latency threshold was asked of a saturated generator,",
            "4 the target is not there or this host cannot, 99 a threshold failed, 130 interrupted (with the results so far)."
        })
final class LoadCommand implements Callable<Integer> {
    private static final String FOLDER = "load";
    private static final long CLOSE_SECONDS = 15;
    private static final long CONNECT_SECONDS = 15;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Mixin
    private LoadHops hops = new LoadHops();

    @Mixin
    private RemoteAgentOptions elsewhere = new RemoteAgentOptions();

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "folder for the record: DIR/load/run.json and latency.hlog")
    private @Nullable Path output;

    @Option(names = "--force", description = "try even what this host cannot carry")
    private boolean force;

    @Option(names = "--json", description = "print the record, and nothing else, on standard output")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        hops.parse(Optional.ofNullable(output).map(folder -> folder.resolve(FOLDER)));
        LoadSettings settings = options.settings(hops.nearest());
        List<Threshold> thresholds = options.thresholds();
        List<URI> bases = options.publishBases();
        try (@Nullable MetricsServer _ = metrics.serve()) {
            return load(settings, thresholds, bases);
        }
    }

    private int load(LoadSettings settings, List<Threshold> thresholds, List<URI> bases) throws Exception {
        List<RemoteAgent> remotes = elsewhere(settings);
        if (remotes.isEmpty()) {
            refuseUnlessPossible(settings);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = json ? spec.commandLine().getErr() : out;
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
        Agent agent = remotes.isEmpty()
                ? Agents.start(shape(settings.plan().connections()), options.seed())
                        .agent()
                : new Ensemble(remotes);
        try {
            @Nullable
            Publisher publisher =
                    settings.publishPerSecond() > 0 ? new Publisher(vertx, outlet(vertx, settings, bases)) : null;
            LoadScreen screen = new LoadScreen(progress, isTerminal() && !json);
            LoadRun run = new LoadRun(agent, publisher, settings, (phase, elapsedMillis, target, tally, later) -> {
                screen.show(phase, elapsedMillis, target, tally, later);
                metrics.asked().ifPresent(told -> told.add(FOLDER, phase, target, later));
            });
            try (LoadInterruption _ = new LoadInterruption(run)) {
                LoadOutcome outcome = run.run();
                metrics.asked().ifPresent(RunMetrics::end);
                screen.finish();
                List<RemoteAgent.Report> told =
                        remotes.stream().map(RemoteAgent::report).toList();
                return report(settings, thresholds, outcome, told, out);
            }
        } finally {
            closeQuietly(agent.close().eventually(vertx::close));
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private List<RemoteAgent> elsewhere(LoadSettings settings) {
        List<RemoteAgent.Address> addresses = options.agentsElsewhere();
        return addresses.isEmpty()
                ? List.of()
                : elsewhere.lead(addresses, settings.plan().connections(), options.seed());
    }

    /** As many processes as were asked for, and else what the connections take. */
    private AgentShape shape(int connections) {
        HostLimits limits = HostReader.limits();
        return options.agents() > 0
                ? AgentShape.asked(connections, options.agents(), limits.cores())
                : AgentShape.of(connections, limits);
    }

    private void refuseUnlessPossible(LoadSettings settings) {
        if (settings.plan().connections() > 0) {
            Preflight.check(load(settings.plan()), ThisHost.facts(), force);
        }
        for (URI target : settings.plan().targets()) {
            TargetProbe.complaint(
                            target, settings.plan().headers(), settings.plan().trust())
                    .ifPresent(complaint -> {
                        throw LabException.target(complaint);
                    });
        }
    }

    /** Its own part alone: what the target can carry, the target must know. */
    private Load load(ConnectPlan plan) {
        int targets = (int) plan.targets().stream().distinct().count();
        return Load.of(
                plan.connections(),
                List.of(
                        new Station.Agents(
                                options.agents(),
                                Math.max(1, plan.sourceAddresses().size())),
                        new Station.Target(targets)));
    }

    private Outlet outlet(Vertx vertx, LoadSettings settings, List<URI> bases) throws InterruptedException {
        if (!bases.isEmpty()) {
            return new ApiOutlet(vertx, bases, options.apiKey());
        }
        URI target = settings.plan().targets().getFirst();
        try {
            return SocketOutlet.connect(
                            vertx,
                            target,
                            settings.plan().headers(),
                            settings.plan().trust())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw LabException.target("target must let a publisher connect: target=" + target + "; "
                    + cause.getMessage() + "; or publish by --publish-to");
        }
    }

    private int report(
            LoadSettings settings,
            List<Threshold> thresholds,
            LoadOutcome outcome,
            List<RemoteAgent.Report> agents,
            PrintWriter out)
            throws IOException {
        LoadVerdict verdict = LoadVerdict.of(settings, thresholds, outcome, agents);
        RunRecord record = hops.record(options, settings, outcome, agents, verdict);
        if (json) {
            out.println(RecordFile.json(record));
        } else {
            LoadSummary.lines(record, verdict, outcome).forEach(out::println);
            LoadSummary.agents(agents).forEach(out::println);
        }
        if (output != null) {
            Path folder = output.resolve(FOLDER);
            Path file = RecordFile.write(record, folder);
            Files.writeString(folder.resolve(SavedRun.HISTOGRAMS), outcome.histograms());
            if (!json) {
                out.println("  record: " + file);
            }
        }
        out.flush();
        return verdict.exitCode();
    }

    private static void closeQuietly(Future<Void> closed) throws InterruptedException {
        try {
            closed.toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("weir: agents did not close in order: " + e.getMessage());
        }
    }
}
