package dev.weir.loadgen.cli;

import dev.weir.loadgen.diagnose.Diagnosis;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.evidence.EvidenceCollector;
import dev.weir.loadgen.evidence.EvidenceLog;
import dev.weir.loadgen.evidence.HostReader;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.outcome.VerdictRecord;
import dev.weir.loadgen.report.RecordFile;
import dev.weir.loadgen.report.TextReport;
import dev.weir.loadgen.units.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is wrong with a chain that is running, without loading it. */
@Command(
        name = "diagnose",
        description = "Say what is wrong with a chain that is running: read-only, no load.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 no cause, 1 a cause was found that is certain or likely, 2 usage, 4 a hop is not there or not readable."
        })
final class DiagnoseCommand implements Callable<Integer> {
    private static final String FOLDER = "diagnose";

    @Mixin
    private LoadHops hops = new LoadHops();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "how long to watch: 1s to 1h; default ${DEFAULT-VALUE}")
    private String watch = "10s";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "folder for the record: DIR/diagnose/run.json")
    private @Nullable Path output;

    @Option(names = "--json", description = "print the record, and nothing else, on standard output")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Duration time = Units.time("--for", watch);
        if (time.toMillis() < 1_000 || time.toHours() > 1) {
            throw LabException.usage("--for must be 1s to 1h: for=" + watch);
        }
        hops.parse(Optional.ofNullable(output).map(folder -> folder.resolve(FOLDER)));
        EvidenceCollector collector = hops.collector().orElseThrow(LoadHops::noHop);
        PrintWriter out = spec.commandLine().getOut();
        try (collector) {
            if (!json) {
                out.println("watching " + hops.line() + " for " + watch);
                out.flush();
            }
            Thread.sleep(time);
            return conclude(collector.stop(), out);
        }
    }

    private int conclude(EvidenceLog log, PrintWriter out) throws IOException {
        Diagnosis diagnosis = Diagnosis.of(List.of(), log.evidence(), log.missing(), hops.known());
        boolean found = diagnosis.causes().stream().anyMatch(cause -> cause.rank() != Rank.POSSIBLE);
        String why = found
                ? diagnosis.causes().getFirst().says()
                : diagnosis.causes().isEmpty() ? "no cause fits the evidence" : "nothing is certain or likely";
        RunRecord record = new RunRecord(
                RunRecord.FORM,
                Version.number(),
                null,
                null,
                "foreign",
                0,
                hops.started(),
                Map.of("for", watch),
                Map.of("for", watch),
                HostReader.read(),
                hops.known(),
                List.of(),
                diagnosis.evidence(),
                log.missing(),
                diagnosis.causes(),
                new VerdictRecord(null, null, !found, List.of(why)),
                List.of(),
                List.of());
        if (json) {
            out.println(RecordFile.json(record));
        } else {
            TextReport.findings(record).forEach(out::println);
        }
        if (output != null) {
            Path file = RecordFile.write(record, output.resolve(FOLDER));
            if (!json) {
                out.println("  record: " + file);
            }
        }
        out.flush();
        return found ? ExitCodes.NOT_AS_EXPECTED : ExitCodes.OK;
    }
}
