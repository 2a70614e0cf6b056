package dev.weir.loadgen.cli;

import dev.weir.loadgen.doctor.Loads;
import dev.weir.loadgen.doctor.Preflight;
import dev.weir.loadgen.doctor.ThisHost;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.outcome.VerdictRecord;
import dev.weir.loadgen.report.RecordFile;
import dev.weir.loadgen.report.TextReport;
import dev.weir.loadgen.run.Interruption;
import dev.weir.loadgen.run.Progress;
import dev.weir.loadgen.run.RunMetrics;
import dev.weir.loadgen.run.RunSetup;
import dev.weir.loadgen.run.ScenarioRunner;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.topology.ComposeTopology;
import dev.weir.loadgen.topology.GatewayLaunch;
import dev.weir.loadgen.topology.Leftovers;
import dev.weir.loadgen.topology.LocalTopology;
import dev.weir.loadgen.topology.Topologies;
import dev.weir.proxy.HostReader;
import dev.weir.proxy.capacity.HostLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the commands that run scenarios share. */
final class Runs {
    private static final String LOCK = ".lock";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private Runs() {}

    /** Makes {@code runs/<time>-<name>} under the current folder; of two runs in a second, the later one's name ends in {@code -2}. */
    static Path newFolder(String name) {
        return newFolder(
                Path.of("runs"), LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + "-" + name);
    }

    static Path newFolder(Path parent, String name) {
        try {
            Files.createDirectories(parent);
            for (int i = 1; ; i++) {
                Path folder = parent.resolve(i == 1 ? name : name + "-" + i);
                if (isMade(folder)) {
                    return folder;
                }
            }
        } catch (IOException e) {
            throw LabException.environment(
                    "the folder for records must be writable: folder=" + parent.toAbsolutePath() + "; give -o DIR; "
                            + e,
                    e);
        }
    }

    private static boolean isMade(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    /**
     * How scenarios are run.
     *
     * @param force even what this host cannot carry
     * @param mayChangeHost whether settings of the whole host may be changed for a while
     * @param topology its name where the user chose; empty takes what each scenario needs
     * @param attach the compose project whose containers are the chain; empty brings one up
     * @param metrics is told what the agents live through; empty when nobody looks
     */
    record Manner(
            boolean force,
            boolean mayChangeHost,
            Optional<String> topology,
            Optional<String> attach,
            Optional<RunMetrics> metrics) {
        /** The default on a topology by its name. */
        static Manner on(Optional<String> topology) {
            return new Manner(false, true, topology, Optional.empty(), Optional.empty());
        }
    }

    private static RunRecord alone(RunSetup setup, PrintWriter out, Manner manner) {
        try (ProcessLock _ = ProcessLock.take(setup.folder().resolve(LOCK))
                .orElseThrow(
                        () -> LabException.environment("the run's folder must not be in use by another run: folder="
                                + setup.folder() + "; give another -o DIR"))) {
            return new ScenarioRunner(
                            topologies(out, manner),
                            limits(),
                            preflight(manner.force()),
                            Version.number(),
                            progress(setup, out, manner))
                    .run(setup);
        }
    }

    /** What this machine allows. */
    static HostLimits limits() {
        return HostReader.limits();
    }

    /** Containers of this machine's engine. */
    static ComposeTopology compose(PrintWriter out) {
        return new ComposeTopology(Home.proxies(), Home.folder(), limits(), new SecureRandom(), line -> {
            out.println("  " + line);
            out.flush();
        });
    }

    /** Processes of this machine on loopback. */
    static LocalTopology topology() {
        return new LocalTopology(
                Home.proxies(),
                Home.binaries(),
                new GatewayLaunch(Home.folder(), Home.java()),
                limits(),
                new SecureRandom());
    }

    /**
     * Runs one after the other and prints each as it ends.
     *
     * @param manner how
     * @return the records, fewer than asked for when a signal came
     */
    static List<RunRecord> each(List<RunSetup> setups, PrintWriter out, Interruption interruption, Manner manner) {
        tidy(out);
        List<RunRecord> records = new ArrayList<>();
        for (RunSetup setup : setups) {
            if (interruption.requested()) {
                break;
            }
            out.printf(
                    "%s== %s / %s: %s%n",
                    records.isEmpty() ? "" : "\n",
                    setup.scenario().name(),
                    setup.variant().name(),
                    setup.variant().says());
            out.flush();
            RunRecord record = alone(setup, out, manner);
            TextReport.lines(record).forEach(out::println);
            out.println("  record: " + setup.folder().resolve(RecordFile.NAME));
            out.flush();
            records.add(record);
        }
        return records;
    }

    /** 0 when all came out as expected; 3 when what did not was inconclusive; else 1. */
    static int exitCode(List<RunRecord> records) {
        List<VerdictRecord> unexpected = records.stream()
                .map(RunRecord::verdict)
                .filter(verdict -> !verdict.asExpected())
                .toList();
        if (unexpected.isEmpty()) {
            return ExitCodes.OK;
        }
        return unexpected.stream().allMatch(verdict -> "inconclusive".equals(verdict.value()))
                ? ExitCodes.INCONCLUSIVE
                : ExitCodes.NOT_AS_EXPECTED;
    }

    /**
     * Of several runs those that this host lets run; what it does not is said, before anything starts.
     *
     * @throws LabException of kind ENVIRONMENT when it lets none run
     */
    static List<RunSetup> able(List<RunSetup> setups, PrintWriter out, Manner manner) {
        Topologies topologies = topologies(out, manner);
        List<RunSetup> able = new ArrayList<>();
        List<LabException> refused = new ArrayList<>();
        for (RunSetup setup : setups) {
            try {
                topologies.of(setup.plan());
                able.add(setup);
            } catch (LabException cannot) {
                refused.add(cannot);
                out.printf(
                        "cannot run %s / %s: %s%n",
                        setup.scenario().name(), setup.variant().name(), cannot.getMessage());
            }
        }
        out.flush();
        if (able.isEmpty() && !refused.isEmpty()) {
            throw refused.getFirst();
        }
        return able;
    }

    /**
     * Of several runs those that make sense on the topology and with the numbers that the user chose; what does not is said.
     *
     * @throws LabException of kind USAGE when these numbers make sense for none
     */
    static List<RunSetup> offered(List<RunSetup> setups, PrintWriter out, Manner manner) {
        return offered(setups, out, topologies(out, manner)::lacks);
    }

    /** The same with what a topology says of a plan that makes no sense there. */
    static List<RunSetup> offered(List<RunSetup> setups, PrintWriter out, Function<Plan, Optional<String>> topology) {
        List<RunSetup> offered = new ArrayList<>();
        List<LabException> refused = new ArrayList<>();
        for (RunSetup setup : setups) {
            Plan plan;
            try {
                plan = setup.plan();
            } catch (LabException cannot) {
                if (cannot.kind() != LabException.Kind.USAGE) {
                    throw cannot;
                }
                refused.add(cannot);
                leaveOut(setup, String.valueOf(cannot.getMessage()), out);
                continue;
            }
            topology.apply(plan)
                    .ifPresentOrElse(
                            why -> leaveOut(setup, "not offered there: " + why, out), () -> offered.add(setup));
        }
        out.flush();
        if (offered.isEmpty() && !refused.isEmpty()) {
            throw refused.getFirst();
        }
        return offered;
    }

    private static void leaveOut(RunSetup setup, String why, PrintWriter out) {
        out.printf(
                "left out: %s / %s: %s%n",
                setup.scenario().name(), setup.variant().name(), why);
    }

    private static Topologies topologies(PrintWriter out, Manner manner) {
        LocalTopology local = manner.force() ? topology().forced() : topology();
        ComposeTopology compose = compose(out);
        return new Topologies(
                local,
                local.inNamespaces(),
                manner.attach().map(compose::attachedTo).orElse(compose),
                manner.topology(),
                manner.mayChangeHost());
    }

    /** Every line is printed as it comes. */
    private static Progress progress(RunSetup setup, PrintWriter out, Manner manner) {
        String run = setup.scenario().name() + "/" + setup.variant().name();
        return new Progress() {
            @Override
            public void say(String line) {
                out.println("  " + line);
                out.flush();
            }

            @Override
            public void saw(String phase, long target, Tally later) {
                manner.metrics().ifPresent(metrics -> metrics.add(run, phase, target, later));
            }

            @Override
            public void over() {
                manner.metrics().ifPresent(RunMetrics::end);
            }
        };
    }

    /** Removes what killed runs have left on this host, and says so. */
    static boolean tidy(PrintWriter out) {
        List<String> removed = Leftovers.remove();
        removed.forEach(what -> out.println("removed what a killed run left: " + what));
        out.flush();
        return !removed.isEmpty();
    }

    /** Refuses what this machine cannot carry. */
    static Preflight preflight(boolean force) {
        return new Preflight(loads(), ThisHost.facts(), force);
    }

    /** Chains as loads, with the settings of the templates and profiles that users edit. */
    static Loads loads() {
        return new Loads(Home.proxies(), limits());
    }
}
