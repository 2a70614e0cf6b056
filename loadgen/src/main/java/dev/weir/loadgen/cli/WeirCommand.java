package dev.weir.loadgen.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: what there is. */
@Command(
        name = "weir",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = {
            "A push gateway for a million WebSockets, the proxies in front of it, and the lab that breaks the chain on purpose,"
                    + " says which resource broke, and shows the fix working.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit codes: 0 as expected, 1 not as expected, 2 usage or configuration, 3 inconclusive, 4 this host or the target,",
            "70 a mistake of Weir's own, 99 a threshold failed, 130 interrupted.",
            "'weir COMMAND --help' says more; 'weir completion' prints a completion script for bash and zsh."
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            LoadCommand.class,
            AgentCommand.class,
            PlanCommand.class,
            DoctorCommand.class,
            DiagnoseCommand.class,
            ExporterCommand.class,
            ProxyCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            GatewayCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            WeirCommand.Completion.class,
            HelpCommand.class
        })
public final class WeirCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command must be given; e.g. weir demo");
    }

    /** Prints a completion script. */
    @Command(
            name = "completion",
            description = "Print a completion script for bash and zsh: source <(./weir completion).",
            mixinStandardHelpOptions = true)
    static final class Completion implements Runnable {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine()
                    .getOut()
                    .print(AutoComplete.bash("weir", spec.root().commandLine()));
            spec.commandLine().getOut().flush();
        }
    }
}
