package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the hops of the chain that is up have written. */
@Command(
        name = "logs",
        description = "Show the last lines that each hop of the chain that is up has written.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0 when a chain is up, else 1."})
final class LogsCommand implements Callable<Integer> {
    private static final int LINES_MAX = 100_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "HOP",
            description = "edge, ingress, gateway or another name of 'weir status' (default: all)")
    private @Nullable String hop;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "of each hop (default: ${DEFAULT-VALUE})")
    private int lines = 20;

    @Mixin
    private RunningTopology topology = new RunningTopology();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (lines < 1 || lines > LINES_MAX) {
            throw LabException.usage("--lines must be 1 to " + LINES_MAX + ": lines=" + lines);
        }
        Optional<ChainState> state = ChainState.read();
        if (state.isEmpty()) {
            out.println("no chain is up");
            return ExitCodes.NOT_AS_EXPECTED;
        }
        topology.requireIs(state.get());
        List<ChainState.HopState> wanted = state.get().hops().stream()
                .filter(each -> hop == null || each.name().equals(hop))
                .toList();
        if (wanted.isEmpty()) {
            throw LabException.usage("HOP must be one of the chain that is up: hop=" + hop + "; see 'weir status'");
        }
        for (ChainState.HopState each : wanted) {
            out.println("== " + each.name() + ": " + each.log());
            last(Path.of(each.log()), lines).forEach(out::println);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static List<String> last(Path log, int count) {
        ArrayDeque<String> kept = new ArrayDeque<>();
        try (Stream<String> all = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            all.forEach(line -> {
                if (kept.size() == count) {
                    kept.removeFirst();
                }
                kept.addLast(line);
            });
            return List.copyOf(kept);
        } catch (IOException e) {
            throw LabException.environment("the log must be readable: log=" + log + "; " + e, e);
        }
    }
}
