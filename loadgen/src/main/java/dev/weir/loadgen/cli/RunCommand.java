package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.ProxyMemoryReport;
import dev.weir.loadgen.report.StormReport;
import dev.weir.loadgen.run.Interruption;
import dev.weir.loadgen.run.RunSetup;
import dev.weir.loadgen.scenario.DisconnectStorm;
import dev.weir.loadgen.scenario.ProxyMemory;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Scenarios;
import dev.weir.loadgen.scenario.Variant;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.units.Units;
import dev.weir.proxy.error.Nearest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs scenarios. */
@Command(
        name = "run",
        description = "Reproduce a published failure, broken and fixed, and name the resource that broke.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Scenarios: hold, traffic, soak, idle-timeout, zero-window, worker-slots, open-files, proxy-oom,",
            "client-ports, proxy-ports, conntrack-full, conntrack-rate, nat-forgets, worker-preallocation,",
            "too-few-agents, agent-threads, tcp-memory, orphans, disconnect-storm, or all.",
            "docs/scenarios has a page for each.",
            "Records go to runs/<time>-<scenario>/ or to -o DIR: DIR/<scenario>/<variant>/run.json, logs and rendered",
            "configurations beside it."
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SCENARIO",
            description =
                    "hold, traffic, soak, idle-timeout, zero-window, worker-slots, open-files, proxy-oom, client-ports,"
                            + " proxy-ports, conntrack-full, conntrack-rate,"
                            + " nat-forgets, worker-preallocation, too-few-agents, agent-threads, tcp-memory, orphans,"
                            + " disconnect-storm, or all")
    private String scenario = "";

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            defaultValue = "all",
            description = "broken, fixed, both, another name of the scenario's, or all (default: ${DEFAULT-VALUE})")
    private String variant = "all";

    @Mixin
    private ChainOptions chain = new ChainOptions();

    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

    @Mixin
    private DurationOption duration = new DurationOption();

    @Mixin
    private PlaceOption place = new PlaceOption();

    @Mixin
    private SweepOption sweep = new SweepOption();

    @Option(
            names = "--matrix",
            description = "proxy-oom: where a proxy's memory goes, by knob, as a table; --variant picks a row")
    private boolean matrix;

    @Option(names = "--force", description = "try even what 'weir doctor' says that this host cannot carry")
    private boolean force;

    @Option(
            names = "--no-host-changes",
            description = "refuse variants that change settings of this whole host for a while, as net.ipv4.tcp_mem")
    private boolean noHostChanges;

    @Option(names = "--real-time", description = "the published durations instead of scaled ones")
    private boolean realTime;

    @Option(names = "--hold", paramLabel = "TIME", description = "how long 'hold' holds at the end, e.g. 2m")
    private @Nullable String hold;

    @Option(
            names = "--capture",
            description = "keep closed windows and resets as capture-HOP.pcap beside the record (tcpdump)")
    private boolean capture;

    @Option(
            names = "--topology",
            paramLabel = "NAME",
            description = {
                "local: processes on loopback; netns: each in a network namespace of its own (root);",
                "compose: containers, of a project of their own (root, Docker)",
                "(default: what the scenario needs)"
            })
    private @Nullable String topology;

    @Option(
            names = "--attach",
            paramLabel = "PROJECT",
            description = "the chain in containers that 'docker compose up' brought up under this name, read-only")
    private @Nullable String attach;

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "of all randomness (default: 42)")
    private long seed = 42;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "folder for the records")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Runs.Manner manner = manner();
        List<RunSetup> setups = scenario.equals("all")
                ? Runs.offered(setups(), spec.commandLine().getOut(), manner)
                : setups();
        List<RunSetup> able = setups.size() == 1
                ? setups
                : Runs.able(setups, spec.commandLine().getOut(), manner);
        try (Interruption interruption = new Interruption();
                @Nullable MetricsServer _ = metrics.serve()) {
            List<RunRecord> records = Runs.each(able, spec.commandLine().getOut(), interruption, manner);
            sideBySide(records, spec.commandLine().getOut());
            int code = interruption.requested() ? ExitCodes.INTERRUPTED : Runs.exitCode(records);
            return code == ExitCodes.OK && able.size() < setups.size() ? ExitCodes.ENVIRONMENT : code;
        }
    }

    private Runs.Manner manner() {
        Optional<String> typed = TopologyOption.known(topology);
        Optional<String> project = Optional.ofNullable(attach);
        if (project.isPresent() && !typed.orElse(TopologyOption.COMPOSE).equals(TopologyOption.COMPOSE)) {
            throw LabException.usage(
                    "--attach must have a chain in containers: topology=" + typed.get() + "; leave out --topology");
        }
        return new Runs.Manner(
                force,
                !noHostChanges,
                project.isPresent() ? Optional.of(TopologyOption.COMPOSE) : typed,
                project,
                metrics.asked());
    }

    private List<RunSetup> setups() {
        Map<Scenario, List<Variant>> wanted = new LinkedHashMap<>();
        scenarios().forEach(each -> wanted.put(each, variants(each)));
        Wish chained = chain.wish(realTime, Optional.ofNullable(hold).map(text -> Units.time("--hold", text)));
        Wish wish = place.of(duration.of(traffic.of(chained, wanted.keySet()), wanted.keySet()), wanted.keySet());
        List<Integer> sizes = sweep.sizes(wanted.keySet(), wish.connections());
        // What was mistyped leaves no folder.
        Path folder = output == null ? Runs.newFolder(scenario) : output;
        List<RunSetup> setups = new ArrayList<>();
        wanted.forEach((each, variants) -> variants.forEach(one -> {
            Path own = folder.resolve(each.name()).resolve(one.name());
            if (sizes.isEmpty()) {
                setups.add(new RunSetup(each, one, wish, seed, own, capture));
            }
            sizes.forEach(size -> setups.add(
                    new RunSetup(each, one, wish.holding(size), seed, own.resolve(size.toString()), capture)));
        }));
        return setups;
    }

    /** What is meant to be compared is shown in one table. */
    private void sideBySide(List<RunRecord> records, PrintWriter out) {
        List<RunRecord> storms = records.stream()
                .filter(record -> new DisconnectStorm().name().equals(record.scenario()))
                .toList();
        if (matrix) {
            out.println();
            out.println("== proxy-oom, where memory goes");
            ProxyMemoryReport.lines(records).forEach(out::println);
            out.flush();
        }
        if (storms.size() > 1) {
            out.println();
            out.println("== disconnect-storm, side by side");
            StormReport.lines(storms).forEach(line -> out.println(line.stripTrailing()));
            out.flush();
        }
    }

    private List<Scenario> scenarios() {
        if (matrix) {
            if (!scenario.equals(new ProxyMemory().name())) {
                throw LabException.usage("--matrix must be given with the scenario " + new ProxyMemory().name()
                        + ": scenario=" + scenario);
            }
            return List.of(new ProxyMemory());
        }
        if (scenario.equals("all")) {
            return Scenarios.all();
        }
        List<String> names = Scenarios.all().stream().map(Scenario::name).toList();
        return List.of(Scenarios.named(scenario)
                .orElseThrow(() -> LabException.usage("SCENARIO must be " + String.join(", ", names)
                        + " or all: scenario=" + scenario + Nearest.remedy(scenario, names))));
    }

    private List<Variant> variants(Scenario of) {
        List<Variant> all = of.variants();
        List<Variant> chosen =
                switch (variant) {
                    case "all" -> all;
                    case "both" -> of.pair();
                    default ->
                        all.stream().filter(one -> one.name().equals(variant)).toList();
                };
        if (chosen.isEmpty()) {
            List<String> names = all.stream().map(Variant::name).toList();
            throw LabException.usage("--variant must be " + String.join(", ", names) + ", both or all for " + of.name()
                    + ": variant=" + variant + Nearest.remedy(variant, names));
        }
        return chosen;
    }
}
