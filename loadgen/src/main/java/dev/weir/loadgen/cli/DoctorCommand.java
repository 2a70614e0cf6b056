package dev.weir.loadgen.cli;

import dev.weir.loadgen.doctor.ThisHost;
import dev.weir.loadgen.plan.CapacityPlan;
import dev.weir.loadgen.report.PlanFile;
import dev.weir.loadgen.report.PlanReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What of this host breaks a load. */
@Command(
        name = "doctor",
        description = "Say what of this host breaks a load first, and the line that fixes each; changes nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without -c it asks about 1m. It judges the network namespace and the limits that it runs in: start it where the load will run.",
            "Exit codes: 0 nothing breaks, 1 something would, 2 usage."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options = new PlanOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CapacityPlan plan = CapacityPlan.of(options.onThisHost(), ThisHost.facts());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(PlanFile.json(plan));
        } else {
            PlanReport.doctor(plan).forEach(out::println);
        }
        out.flush();
        return plan.first().isEmpty() ? ExitCodes.OK : ExitCodes.NOT_AS_EXPECTED;
    }
}
