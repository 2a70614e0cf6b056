package dev.weir.gateway;

import dev.weir.gateway.config.Setting;
import dev.weir.gateway.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line: one flag for each entry of {@link Settings}, and a few that belong to a single launch.
 *
 * <p><b>Threading:</b> the main thread.
 */
final class CommandLineForm {
    private static final String CONFIG = "--config";
    private static final String PID_FILE = "--pid-file";
    private static final String READY_FILE = "--ready-file";
    private static final String PRINT_CONFIG = "--print-config";
    private static final String CHECK_CONFIG = "--check-config";

    private CommandLineForm() {}

    /**
     * What was asked for on the command line.
     *
     * @param flags settings that were given, by key, as they were written
     * @param action what to do with them
     */
    record Launch(
            Optional<Path> config,
            Optional<Path> pidFile,
            Optional<Path> readyFile,
            Map<String, String> flags,
            Action action) {}

    /** What a launch does. */
    enum Action {
        SERVE,
        PRINT_CONFIG,
        CHECK_CONFIG
    }

    /** The parser, which also prints the help. */
    static CommandLine commandLine(String version) {
        CommandSpec spec = CommandSpec.create().name("weir gateway").version("weir gateway " + version);
        spec.usageMessage()
                .header("Accepts WebSockets and pushes what is published to their channels.")
                .footer(
                        "",
                        "Every setting has one name: --ping-interval 25s here, WEIR_PING_INTERVAL=25s in the environment,",
                        "ping_interval: 25s in the file of --config. Flags win over the environment, which wins over the file.",
                        "Counts: 15k, 1m = 1,000,000. Sizes: 64k = 65,536. Times need a unit: 25s, 500ms. Rates: 500/s.",
                        "Exit codes: 0 ok, 2 usage or configuration, 4 this host cannot, 70 internal error.")
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .width(120);
        for (Setting<?> setting : Settings.ALL) {
            spec.addOption(option(setting));
        }
        spec.addOption(file(CONFIG, "file of settings, YAML"));
        spec.addOption(file(PID_FILE, "file for the process id, written when ready and removed at exit"));
        spec.addOption(
                file(READY_FILE, "file for pid, ports and apiPort as JSON, written when ready and removed at exit"));
        spec.addOption(action(PRINT_CONFIG, "print all settings with their sources as a file for --config, and exit"));
        spec.addOption(action(CHECK_CONFIG, "check all settings against their rules and this host, and exit"));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("print this")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("print the version")
                .build());
        return new CommandLine(spec);
    }

    /** Reads a parsed command line. */
    static Launch launch(ParseResult parsed) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            String text = parsed.matchedOptionValue(setting.flag(), "");
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting.key(), text);
            }
        }
        Action action = parsed.hasMatchedOption(PRINT_CONFIG)
                ? Action.PRINT_CONFIG
                : parsed.hasMatchedOption(CHECK_CONFIG) ? Action.CHECK_CONFIG : Action.SERVE;
        return new Launch(path(parsed, CONFIG), path(parsed, PID_FILE), path(parsed, READY_FILE), flags, action);
    }

    private static Optional<Path> path(ParseResult parsed, String flag) {
        return parsed.hasMatchedOption(flag)
                ? Optional.of(Path.of(parsed.matchedOptionValue(flag, "")))
                : Optional.empty();
    }

    private static OptionSpec option(Setting<?> setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.flag())
                .type(String.class)
                .description(setting.help() + " (" + setting.range() + "; default "
                        + setting.fallback().filter(text -> !text.isEmpty()).orElse("none") + ")");
        return setting.isSwitch()
                ? option.arity("0..1")
                        .fallbackValue("true")
                        .hideParamSyntax(true)
                        .build()
                : option.arity("1").paramLabel("VALUE").build();
    }

    private static OptionSpec file(String flag, String help) {
        return OptionSpec.builder(flag)
                .type(String.class)
                .arity("1")
                .paramLabel("FILE")
                .description(help)
                .build();
    }

    private static OptionSpec action(String flag, String help) {
        return OptionSpec.builder(flag)
                .type(boolean.class)
                .arity("0")
                .description(help)
                .build();
    }
}
