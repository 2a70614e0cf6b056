package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.LoadOutcome;
import dev.weir.loadgen.agent.LoadSettings;
import dev.weir.loadgen.agent.RemoteAgent;
import dev.weir.loadgen.diagnose.Diagnosis;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.evidence.EvidenceCollector;
import dev.weir.loadgen.evidence.EvidenceLog;
import dev.weir.loadgen.evidence.ForeignHop;
import dev.weir.loadgen.evidence.HopKind;
import dev.weir.loadgen.evidence.HopOption;
import dev.weir.loadgen.evidence.HopTarget;
import dev.weir.loadgen.evidence.HostReader;
import dev.weir.loadgen.outcome.Hop;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The chain behind a target that Weir did not start, as far as {@code --hop} tells, and the record of loading it. */
final class LoadHops {
    private static final String PEER = "peer";

    @Option(
            names = "--hop",
            paramLabel = "HOP",
            description =
                    "watch a hop: NAME=pid:N[,kind=nginx|haproxy|gateway|other][,log=PATH][,status=URL][,metrics=URL];"
                            + " from the agents' side, repeatable")
    private List<String> hops = List.of();

    @Option(
            names = "--capture",
            description =
                    "keep closed windows and resets on the hops' ports as capture-HOP.pcap beside the record (tcpdump; needs -o)")
    private boolean capture;

    private final String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private List<HopTarget> watched = List.of();
    private @Nullable EvidenceCollector collector;

    /**
     * The hops that were typed, completed, without watching them.
     *
     * @throws LabException of kind USAGE when none was typed or one cannot be read, of kind ENVIRONMENT when one is not there
     */
    List<HopTarget> targets() {
        if (hops.isEmpty()) {
            throw noHop();
        }
        watched = complete();
        return watched;
    }

    /** What is said where a hop is needed and none was typed. */
    static LabException noHop() {
        return LabException.usage(
                "a hop must be given: hops=0; e.g. --hop edge=pid:1234 with the process id of nginx's master");
    }

    /** Reads what was typed and starts to watch. */
    void parse(Optional<Path> folder) {
        if (capture && (folder.isEmpty() || hops.isEmpty())) {
            throw LabException.usage("--capture must have a folder and a hop: give -o DIR and --hop NAME=pid:N");
        }
        watched = complete();
        if (!watched.isEmpty()) {
            collector = EvidenceCollector.start(watched, capture ? folder : Optional.empty());
        }
    }

    private List<HopTarget> complete() {
        List<HopTarget> parsed = new ArrayList<>();
        for (String hop : hops) {
            try {
                parsed.add(HopOption.parse(hop, LoadHops::kindOf));
            } catch (IllegalArgumentException e) {
                throw LabException.usage(String.valueOf(e.getMessage()));
            }
        }
        parsed.forEach(LoadHops::refuseUnlessThere);
        return ForeignHop.complete(parsed);
    }

    private static void refuseUnlessThere(HopTarget hop) {
        if (!Files.isDirectory(Path.of("/proc/" + hop.pid()))) {
            throw LabException.environment("hop must be a process that runs: " + hop.name() + "=pid:" + hop.pid()
                    + "; for nginx give the master's");
        }
        if (!Files.isReadable(Path.of("/proc/" + hop.pid() + "/fd"))) {
            throw LabException.environment("hop must be readable: " + hop.name() + "=pid:" + hop.pid()
                    + "; run weir as the user that it belongs to, or as root");
        }
    }

    private static HopKind kindOf(long pid) {
        try {
            return HopKind.ofCommand(
                    Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' '));
        } catch (IOException absent) {
            // Told with the hop's name once all of it is read.
            return HopKind.OTHER;
        }
    }

    /** What watches the hops; empty when none was given. */
    Optional<EvidenceCollector> collector() {
        return Optional.ofNullable(collector);
    }

    /** When this began, ISO 8601. */
    String started() {
        return started;
    }

    /** The hops as a record has them. */
    List<Hop> known() {
        return watched.stream()
                .map(hop -> new Hop(hop.name(), hop.kind().id(), "", List.of(hop.pid()), ""))
                .toList();
    }

    /** The hops in one line, e.g. {@code edge nginx pid 12 :8080 → gateway gateway pid 14 :8000}. */
    String line() {
        return watched.stream()
                .map(hop -> hop.name() + " " + hop.kind().id() + " pid " + hop.pid()
                        + (hop.listenPorts().isEmpty()
                                ? ""
                                : " :" + hop.listenPorts().getFirst()))
                .collect(Collectors.joining(" → "));
    }

    /** Who is next to the agents. */
    String nearest() {
        return watched.isEmpty() ? PEER : watched.getFirst().name();
    }

    RunRecord record(
            LoadOptions options,
            LoadSettings settings,
            LoadOutcome outcome,
            List<RemoteAgent.Report> agents,
            LoadVerdict verdict) {
        EvidenceLog log = collector == null ? new EvidenceLog(List.of(), List.of()) : collector.stop();
        Diagnosis diagnosis = Diagnosis.of(outcome.phases(), log.evidence(), log.missing(), known());
        return new RunRecord(
                RunRecord.FORM,
                Version.number(),
                null,
                null,
                "foreign",
                options.seed(),
                started,
                options.requested(settings),
                actual(options, settings, outcome, agents),
                HostReader.read(),
                known(),
                outcome.phases(),
                diagnosis.evidence(),
                log.missing(),
                diagnosis.causes(),
                verdict.toRecord(),
                List.of(),
                List.of());
    }

    private static Map<String, Object> actual(
            LoadOptions options, LoadSettings settings, LoadOutcome outcome, List<RemoteAgent.Report> agents) {
        Map<String, Object> actual = new TreeMap<>(options.requested(settings));
        if (!agents.isEmpty()) {
            actual.put("agents", agents);
        }
        for (Phase phase : outcome.phases()) {
            double seconds = Math.max(1, phase.durationMillis()) / 1_000.0;
            if (phase.name().equals("ramp")) {
                actual.put("connections", phase.connections().opened());
                actual.put(
                        "rateConnectionsPerSecond", rounded(phase.connections().opened() / seconds));
            } else {
                actual.put("holdMillis", phase.durationMillis());
                actual.put("publishPerSecond", rounded(phase.deliveries().published() / seconds));
            }
        }
        return actual;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
