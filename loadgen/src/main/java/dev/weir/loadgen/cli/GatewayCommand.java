package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.topology.GatewayLaunch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs a gateway in the foreground. The launcher starts it directly; this serves who starts the command line without the launcher. */
@Command(
        name = "gateway",
        description = "Run a push gateway in the foreground; 'weir gateway --help' lists its settings.")
final class GatewayCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command =
                new GatewayLaunch(Home.folder(), Home.java()).command(Map.of(), arguments, OptionalLong.empty());
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw LabException.environment("the gateway must start: " + e.getMessage(), e);
        }
    }
}
