package dev.weir.loadgen.cli;

import dev.weir.loadgen.agent.LoadOutcome;
import dev.weir.loadgen.agent.LoadSettings;
import dev.weir.loadgen.diagnose.Diagnosis;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.evidence.EvidenceCollector;
import dev.weir.loadgen.evidence.EvidenceLog;
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
import java.util.TreeMap;
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

    private final String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private List<HopTarget> watched = List.of();
    private @Nullable EvidenceCollector collector;

    /** Reads what was typed and starts to watch. */
    void parse() {
        List<HopTarget> parsed = new ArrayList<>();
        for (String hop : hops) {
            try {
                parsed.add(HopOption.parse(hop, LoadHops::kindOf));
            } catch (IllegalArgumentException e) {
                throw LabException.usage(String.valueOf(e.getMessage()));
            }
        }
        watched = parsed;
        if (!watched.isEmpty()) {
            collector = EvidenceCollector.start(watched);
        }
    }

    private static HopKind kindOf(long pid) {
        try {
            return HopKind.ofCommand(
                    Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' '));
        } catch (IOException e) {
            throw new IllegalArgumentException("hop must be a process that runs: pid=" + pid, e);
        }
    }

    /** Who is next to the agents. */
    String nearest() {
        return watched.isEmpty() ? PEER : watched.getFirst().name();
    }

    RunRecord record(LoadOptions options, LoadSettings settings, LoadOutcome outcome, LoadVerdict verdict) {
        EvidenceLog log = collector == null ? new EvidenceLog(List.of(), List.of()) : collector.stop();
        List<Hop> known = watched.stream()
                .map(hop -> new Hop(hop.name(), hop.kind().id(), "", List.of(hop.pid()), ""))
                .toList();
        Diagnosis diagnosis = Diagnosis.of(outcome.phases(), log.evidence(), log.missing(), known);
        return new RunRecord(
                RunRecord.FORM,
                Version.number(),
                null,
                null,
                "foreign",
                options.seed(),
                started,
                options.requested(settings),
                actual(options, settings, outcome),
                HostReader.read(),
                known,
                outcome.phases(),
                diagnosis.evidence(),
                log.missing(),
                diagnosis.causes(),
                verdict.toRecord());
    }

    private static Map<String, Object> actual(LoadOptions options, LoadSettings settings, LoadOutcome outcome) {
        Map<String, Object> actual = new TreeMap<>(options.requested(settings));
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
