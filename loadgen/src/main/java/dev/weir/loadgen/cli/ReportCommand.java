package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.RecordFile;
import dev.weir.loadgen.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a saved run again. */
@Command(name = "report", description = "Show a saved run again.", mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "run.json, or the folder that holds it")
    private Path run = Path.of("");

    @Option(names = "--json", description = "the record as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RunRecord record;
        try {
            record = RecordFile.read(run);
        } catch (IOException e) {
            throw LabException.usage("RUN must be a run record: run=" + run + "; " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RecordFile.json(record));
        } else {
            TextReport.lines(record).forEach(out::println);
        }
        return ExitCodes.OK;
    }
}
