package dev.weir.loadgen.cli;

import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.DemoReport;
import dev.weir.loadgen.report.RecordFile;
import dev.weir.loadgen.run.Interruption;
import dev.weir.loadgen.run.RunSetup;
import dev.weir.loadgen.scenario.Hold;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Variant;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.scenario.ZeroWindow;
import dev.weir.proxy.capacity.HostLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole of Weir in about two minutes. */
@Command(
        name = "demo",
        description = "The full chain on this machine: a published failure, its diagnosis, the fix.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final long SEED = 42;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "folder for the records (default: runs/<time>-demo)")
    private @Nullable Path output;

    @Option(names = "--topology", paramLabel = "NAME", description = "local, netns or compose (default: local)")
    private @Nullable String topology;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Runs.Manner manner = Runs.Manner.on(TopologyOption.known(topology));
        Path folder = output == null ? Runs.newFolder("demo") : output;
        List<RunSetup> setups = new ArrayList<>();
        for (Scenario scenario : List.of(new Hold(), new ZeroWindow())) {
            for (Variant variant : scenario.variants()) {
                Path own = folder.resolve(scenario.name()).resolve(variant.name());
                setups.add(new RunSetup(scenario, variant, Wish.DEFAULT, SEED, own));
            }
        }
        out.println(host(Runs.limits()) + "\n");
        try (Interruption interruption = new Interruption()) {
            List<RunRecord> records = Runs.each(setups, out, interruption, manner);
            if (records.size() < setups.size()) {
                return ExitCodes.INTERRUPTED;
            }
            conclude(out, records, folder);
            return Runs.exitCode(records);
        }
    }

    private static void conclude(PrintWriter out, List<RunRecord> records, Path folder) {
        out.println();
        out.println("== zero-window, broken and fixed, side by side");
        DemoReport.lines(records.get(1), records.get(2)).forEach(line -> out.println(line.stripTrailing()));
        out.println();
        out.println("records: " + folder + "/<scenario>/<variant>/" + RecordFile.NAME
                + ", each with its rendered configurations and logs");
        out.println();
        out.println("try next:");
        out.println(
                "  ./weir run idle-timeout              everything drops at once; three ways, with the cause named");
        out.println("  edit proxy_read_timeout in proxy-config/templates/edge-nginx.conf.peb, then run that again");
        out.println("  ./weir run hold -c 15k               15,000 connections through the same chain");
        out.flush();
    }

    private static String host(HostLimits limits) {
        return String.format(
                Locale.ROOT,
                "this host: %d cores, %,d open files a process, source ports %d-%d, Java %s",
                limits.cores(),
                limits.descriptors(),
                limits.ports().first(),
                limits.ports().last(),
                Runtime.version().feature());
    }
}
