package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.run.Interruption;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.loadgen.topology.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Brings a chain up for other tools. A keeper process holds it, so that nothing of it can outlive {@code weir down}. */
@Command(
        name = "up",
        description = "Bring the chain up and keep it, to point other tools at; 'weir down' ends it.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 5_000;
    private static final int PATIENCE_SECONDS = 60;
    private static final int END_SECONDS = 15;

    @Mixin
    private ChainOptions chain = new ChainOptions();

    @Option(
            names = "--topology",
            paramLabel = "NAME",
            description = "local: processes of this machine; compose: containers (default: local)")
    private @Nullable String topology;

    @Option(names = "--foreground", description = "hold the chain in this process until Ctrl-C")
    private boolean foreground;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Optional<ChainState> already = ChainState.read();
        if (already.isPresent()) {
            throw LabException.environment("a chain must not be up already: keeper="
                    + already.get().keeperPid() + "; run 'weir down' first, or 'weir status' to see it");
        }
        Runs.tidy(spec.commandLine().getOut());
        Wish wish = chain.wish(false, Optional.empty());
        topology().check(wanted(wish));
        return foreground ? hold(wish) : startKeeper();
    }

    private static Chain wanted(Wish wish) {
        return new Chain(
                wish.edges(),
                wish.ingresses(),
                wish.gateways(),
                wish.profile().orElse("tuned"),
                wish.settings(),
                wish.connections().orElse(CONNECTIONS));
    }

    private int hold(Wish wish) {
        Path folder = Home.folder().resolve(".weir").resolve("chain");
        try (ProcessLock _ = lock();
                Interruption interruption = new Interruption()) {
            // The chain and its state go before the interruption is over, which ends this process.
            try (RunningChain running = topology().start(wanted(wish), folder)) {
                return keep(running, interruption);
            }
        }
    }

    private String name() {
        return TopologyOption.known(topology).orElse(TopologyOption.LOCAL);
    }

    /** Images may have to be built first. */
    private int patienceSeconds() {
        return name().equals(TopologyOption.COMPOSE) ? 20 * PATIENCE_SECONDS : PATIENCE_SECONDS;
    }

    private Topology topology() {
        return switch (name()) {
            case TopologyOption.COMPOSE -> Runs.compose(spec.commandLine().getOut());
            case TopologyOption.LOCAL -> Runs.topology();
            default -> throw LabException.usage("--topology must be local or compose: topology=" + topology);
        };
    }

    private int keep(RunningChain running, Interruption interruption) {
        ChainState state = ChainState.of(running, name());
        try {
            state.write();
            StatusCommand.print(spec.commandLine().getOut(), state);
            return watch(running, interruption);
        } finally {
            ChainState.remove();
        }
    }

    /** One chain at a time: two would share its folder. */
    private static ProcessLock lock() {
        return ProcessLock.take(Home.folder().resolve(".weir").resolve("lock"))
                .orElseThrow(
                        () -> LabException.environment(
                                "a chain must not be up already: another 'weir up' holds or starts one; run 'weir status' to see it"));
    }

    /** Until a signal comes or a hop ends by itself. */
    private int watch(RunningChain running, Interruption interruption) {
        try {
            while (running.casualty().isEmpty()) {
                Thread.sleep(500);
            }
        } catch (InterruptedException e) {
            return interruption.requested() ? ExitCodes.OK : ExitCodes.INTERRUPTED;
        }
        spec.commandLine().getErr().println("weir: " + running.casualty().orElse("") + "; the chain is taken down");
        return ExitCodes.ENVIRONMENT;
    }

    private int startKeeper() throws InterruptedException {
        try (Interruption interruption = new Interruption()) {
            int code = launchKeeper();
            return interruption.requested() ? ExitCodes.INTERRUPTED : code;
        }
    }

    private int launchKeeper() throws InterruptedException {
        Path log = Home.folder().resolve(".weir").resolve("keeper.log");
        Process keeper;
        try {
            Files.createDirectories(log.getParent());
            // It says the API key.
            ChainState.createForOwner(log);
            keeper = new ProcessBuilder(keeperCommand())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw LabException.environment("the keeper must start: " + e.getMessage(), e);
        }
        boolean isUp = false;
        try {
            int code = awaitKeeper(keeper, log);
            isUp = code == ExitCodes.OK;
            return code;
        } finally {
            if (!isUp) {
                end(keeper);
            }
        }
    }

    private int awaitKeeper(Process keeper, Path log) throws InterruptedException {
        for (int waited = 0; waited < patienceSeconds() * 20; waited++) {
            Optional<ChainState> state = ChainState.read().filter(up -> up.keeperPid() == keeper.pid());
            if (state.isPresent()) {
                StatusCommand.print(spec.commandLine().getOut(), state.get());
                return ExitCodes.OK;
            }
            if (keeper.waitFor(50, TimeUnit.MILLISECONDS)) {
                say(log);
                return keeper.exitValue();
            }
        }
        say(log);
        throw LabException.environment("the chain must be up within " + patienceSeconds() + " s");
    }

    /** Ends a keeper that nobody waits for any more; it takes down what it has started. Not cut short by an interrupt. */
    private static void end(Process keeper) {
        keeper.destroy();
        keeper.onExit().completeOnTimeout(keeper, END_SECONDS, TimeUnit.SECONDS).join();
        // Its supervisors see their pipe close and end the chain.
        keeper.destroyForcibly();
    }

    private void say(Path log) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Files.readAllLines(log).forEach(err::println);
        } catch (IOException e) {
            err.println("weir: the keeper's log cannot be read: " + e.getMessage());
        }
    }

    /** This very command again, in a session of its own, with what was typed and {@code --foreground}. */
    private List<String> keeperCommand() {
        List<String> command = new ArrayList<>(List.of("setsid", Home.java().toString()));
        command.add("@" + Home.folder().resolve("loadgen/jvm.options"));
        command.addAll(List.of("-Dweir.home=" + Home.folder(), "-cp", System.getProperty("java.class.path")));
        command.add("dev.weir.loadgen.Main");
        ParseResult parsed = spec.root().commandLine().getParseResult();
        command.addAll(parsed.originalArgs());
        command.add("--foreground");
        return command;
    }
}
