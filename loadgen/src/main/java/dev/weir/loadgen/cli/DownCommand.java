package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the chain down. */
@Command(
        name = "down",
        description = "Take down the chain that 'weir up' brought up, and remove what killed runs left on this host.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 60;

    @Mixin
    private RunningTopology topology = new RunningTopology();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Runs.tidy(out);
        Optional<ChainState> state = ChainState.read();
        state.ifPresent(up -> topology.requireIs(up));
        Optional<ProcessHandle> keeper = state.flatMap(ChainState::keeper);
        if (keeper.isEmpty()) {
            out.println("no chain is up");
            return ExitCodes.OK;
        }
        CompletableFuture<ProcessHandle> gone = keeper.get().onExit();
        keeper.get().destroy();
        try {
            gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Its supervisors see their pipe close and end the chain.
            keeper.get().destroyForcibly();
            throw LabException.environment("the keeper had to be killed after " + PATIENCE_SECONDS + " s", e);
        }
        // The keeper has removed its state; what is there now is another one's.
        out.println("the chain is down");
        return ExitCodes.OK;
    }
}
