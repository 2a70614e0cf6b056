package dev.weir.loadgen.cli;

import dev.weir.loadgen.compare.Comparer;
import dev.weir.loadgen.compare.Comparison;
import dev.weir.loadgen.compare.RunView;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.report.CompareReport;
import dev.weir.loadgen.report.SavedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows two saved runs side by side. */
@Command(
        name = "compare",
        description = "Two saved runs side by side: what differs, and which figures moved beyond their spread.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "run.json, or the folder that holds it")
    private Path a = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "the run to compare it with")
    private Path b = Path.of("");

    @Option(names = "--json", description = "the comparison as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Comparison comparison = Comparer.compare(read("A", a), read("B", b));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(CompareReport.json(comparison));
        } else {
            CompareReport.lines(comparison).forEach(out::println);
        }
        return ExitCodes.OK;
    }

    private static RunView read(String which, Path path) {
        try {
            return SavedRun.read(path);
        } catch (IOException e) {
            throw LabException.usage(which + " must be a run record: run=" + path + "; " + e.getMessage());
        }
    }
}
