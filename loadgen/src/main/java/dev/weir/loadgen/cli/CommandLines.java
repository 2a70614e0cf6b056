package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.units.UnitException;
import dev.weir.proxy.error.ProxyConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line with its errors: what went wrong on standard error in plain lines, and the exit code of its kind. */
public final class CommandLines {
    private CommandLines() {}

    /** The whole command line. */
    public static CommandLine create() {
        CommandLine line = new CommandLine(new WeirCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(CommandLines::misused);
        line.setExecutionExceptionHandler(CommandLines::failed);
        return line;
    }

    private static int misused(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        line.getErr().println("weir: " + problem.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, line.getErr())) {
            line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCodes.USAGE;
    }

    private static int failed(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        return switch (problem) {
            case LabException lab -> told(line, lab.getMessage(), lab.kind().exitCode());
            case ProxyConfigException proxy -> {
                proxy.problems().forEach(each -> line.getErr().println("weir: " + each));
                yield switch (proxy.kind()) {
                    case USAGE, CONFIG -> ExitCodes.USAGE;
                    case ENVIRONMENT -> ExitCodes.ENVIRONMENT;
                };
            }
            case UnitException unit -> told(line, String.valueOf(unit.getMessage()), ExitCodes.USAGE);
            default -> {
                line.getErr().println("weir: internal error; please report it with the lines below");
                problem.printStackTrace(line.getErr());
                yield ExitCodes.INTERNAL;
            }
        };
    }

    private static int told(CommandLine line, String message, int code) {
        line.getErr().println("weir: " + message);
        return code;
    }
}
