package dev.weir.loadgen;

import dev.weir.loadgen.cli.CommandLines;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Scenarios;
import dev.weir.loadgen.scenario.Variant;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.profile.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What is wrong with commands that the documentation shows, found without running them.
 *
 * @param gatewayFlags flags of the gateway, whose command line is a program of its own
 * @param launcherWords what the launcher itself understands
 * @param proxies profiles that there are
 */
record DocumentedCommands(Set<String> gatewayFlags, Set<String> launcherWords, ProxyConfig proxies) {
    static final String PROGRAM = "./weir";
    private static final String GATEWAY_PREFIX = "gateway.";

    /** Problems of all commands of a page, each with page and line. */
    List<String> problems(MarkdownPage page) {
        List<String> problems = new ArrayList<>();
        for (MarkdownPage.Found command : page.commands(PROGRAM)) {
            for (String problem : problems(command.text())) {
                problems.add(page.path() + ":" + command.line() + ": " + command.text() + ": " + problem);
            }
        }
        return problems;
    }

    private List<String> problems(String command) {
        List<String> words = ShellWords.split(command);
        List<String> arguments = words.subList(1, words.size());
        if (launcherWords.contains(arguments.getFirst())) {
            return List.of();
        }
        if (arguments.getFirst().equals("gateway")) {
            return gatewayProblems(arguments);
        }
        try {
            ParseResult parsed = CommandLines.create().parseArgs(arguments.toArray(String[]::new));
            return parsed.hasSubcommand() ? valueProblems(last(parsed)) : List.of();
        } catch (MissingParameterException incomplete) {
            // A sentence that names a command does not run it.
            return arguments.size() == 1 ? List.of() : List.of(String.valueOf(incomplete.getMessage()));
        } catch (ParameterException wrong) {
            return List.of(String.valueOf(wrong.getMessage()));
        }
    }

    private List<String> gatewayProblems(List<String> arguments) {
        return arguments.stream()
                .filter(word -> word.startsWith("-"))
                .map(word -> word.split("=", 2)[0])
                .filter(flag -> !gatewayFlags.contains(flag))
                .map(flag -> "the gateway has no " + flag)
                .toList();
    }

    private static ParseResult last(ParseResult parsed) {
        return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
    }

    /** What the command line leaves to the command: names of scenarios, variants, profiles and settings. */
    private List<String> valueProblems(ParseResult parsed) {
        List<String> problems = new ArrayList<>();
        if (parsed.commandSpec().name().equals("run")) {
            problems.addAll(scenarioProblems(
                    parsed.matchedPositionalValue(0, ""), parsed.matchedOptionValue("--variant", "all")));
        }
        String profile = parsed.matchedOptionValue("--profile", "stock");
        if (!proxies.profileNames().contains(profile)) {
            problems.add("there is no profile " + profile);
        }
        problems.addAll(settingProblems(parsed.matchedOptionValue("--set", List.of())));
        return problems;
    }

    private static List<String> scenarioProblems(String name, String variant) {
        if (name.equals("all")) {
            return List.of();
        }
        Optional<Scenario> scenario = Scenarios.named(name);
        if (scenario.isEmpty()) {
            return List.of("there is no scenario " + name);
        }
        boolean known = List.of("all", "both").contains(variant)
                || scenario.get().variants().stream().map(Variant::name).anyMatch(variant::equals);
        return known ? List.of() : List.of(name + " has no variant " + variant);
    }

    private List<String> settingProblems(List<String> settings) {
        List<String> problems = new ArrayList<>();
        List<String> ofProxies = new ArrayList<>();
        for (String setting : settings) {
            if (setting.startsWith(GATEWAY_PREFIX)) {
                String flag = "--"
                        + setting.substring(GATEWAY_PREFIX.length())
                                .split("=", 2)[0]
                                .replace('_', '-');
                if (!gatewayFlags.contains(flag)) {
                    problems.add("the gateway has no setting for " + setting);
                }
            } else {
                ofProxies.add(setting);
            }
        }
        try {
            Overrides.parse(ofProxies);
        } catch (ProxyConfigException wrong) {
            problems.add(String.valueOf(wrong.getMessage()));
        }
        return problems;
    }
}
