package dev.weir.loadgen.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is up. */
@Command(
        name = "status",
        description = "Say what chain is up: target, API, hops, process ids and ports.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0 when a chain is up and all its processes live, else 1."})
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Mixin
    private RunningTopology topology = new RunningTopology();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<ChainState> state = ChainState.read();
        if (state.isEmpty()) {
            out.println(json ? "{\"targets\":[]}" : "no chain is up");
            return ExitCodes.NOT_AS_EXPECTED;
        }
        topology.requireIs(state.get());
        if (json) {
            out.print(state.get().json());
            out.flush();
        } else {
            print(out, state.get());
        }
        boolean allLive = state.get().hops().stream().allMatch(hop -> live(hop.pid()));
        return allLive ? ExitCodes.OK : ExitCodes.NOT_AS_EXPECTED;
    }

    static void print(PrintWriter out, ChainState state) {
        out.println("target   " + String.join(" ", state.targets()));
        out.println("api      " + String.join(" ", state.apiBases()) + "  (X-API-Key: " + state.apiKey() + ")");
        for (ChainState.HopState hop : state.hops()) {
            out.printf(
                    "%-8s %s, pid %d%s, ports %s, log %s%n",
                    hop.name(), hop.kind(), hop.pid(), live(hop.pid()) ? "" : " (gone)", hop.ports(), hop.log());
        }
        out.println("keeper   pid " + state.keeperPid() + "; 'weir down' ends all");
        out.flush();
    }

    private static boolean live(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
