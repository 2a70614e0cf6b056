package dev.weir.loadgen.run;

import dev.weir.loadgen.diagnose.Diagnosis;
import dev.weir.loadgen.doctor.Preflight;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.evidence.EvidenceCollector;
import dev.weir.loadgen.evidence.EvidenceLog;
import dev.weir.loadgen.evidence.HostReader;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.outcome.Missing;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.RecordFile;
import dev.weir.loadgen.report.SavedRun;
import dev.weir.loadgen.scenario.Judge;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Step;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.loadgen.topology.Topologies;
import dev.weir.loadgen.topology.Topology;
import dev.weir.proxy.capacity.HostLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one variant of a scenario and writes its record.
 *
 * <p><b>Threading:</b> one thread, which an {@link Interruption} may interrupt: then the chain is stopped and the record says so.
 */
public final class ScenarioRunner {
    private final Topologies topologies;
    private final HostLimits limits;
    private final Preflight preflight;
    private final String version;
    private final Progress progress;

    /**
     * @param topologies start chains
     * @param limits of this machine
     * @param preflight refuses what it cannot carry
     * @param version of Weir, for the record
     * @param progress says what happens
     */
    public ScenarioRunner(
            Topologies topologies, HostLimits limits, Preflight preflight, String version, Progress progress) {
        this.topologies = topologies;
        this.limits = limits;
        this.preflight = preflight;
        this.version = version;
        this.progress = progress;
    }

    /** What is known of a run when it starts. */
    private record Start(String at, String topology, List<Forecast> forecast) {}

    /** What a run saw, before anything is concluded from it. */
    private record Observed(
            List<Phase> phases,
            String histograms,
            EvidenceLog evidence,
            List<String> interrupted,
            ChainFacts chain,
            FollowedFigures followed) {
        List<Missing> missing() {
            List<Missing> missing = new ArrayList<>(evidence.missing());
            missing.addAll(followed.missing());
            return missing;
        }
    }

    /**
     * Runs it.
     *
     * @return the record, which is saved too
     * @throws LabException of kind ENVIRONMENT when this host cannot carry it, with the arithmetic; of kind CONFIG or USAGE when a
     *     setting, profile or template cannot be used
     */
    public RunRecord run(RunSetup setup) {
        Plan plan = setup.plan();
        List<Forecast> forecast = preflight.check(plan);
        Topology topology = topologies.of(plan);
        if (!topology.says().isEmpty()) {
            progress.say(topology.says());
        }
        if (!plan.hostChanges().isEmpty()) {
            progress.say("changes settings of this whole host for a while and puts them back: "
                    + String.join(", ", plan.hostChanges()));
        }
        Start start = new Start(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), topology.name(), forecast);
        Observed observed;
        try (RunningChain chain = topology.start(plan.chain(), setup.folder())) {
            progress.say("chain up: " + ChainFacts.line(chain));
            observed = observe(setup, plan, chain);
        }
        RunRecord record = conclude(setup, plan, start, observed);
        try {
            RecordFile.write(record, setup.folder());
            Files.writeString(setup.folder().resolve(SavedRun.HISTOGRAMS), observed.histograms());
        } catch (IOException e) {
            throw LabException.environment("the record must be writable: folder=" + setup.folder() + "; " + e, e);
        }
        return record;
    }

    private Observed observe(RunSetup setup, Plan plan, RunningChain chain) {
        PhaseLog log = new PhaseLog(plan.connections());
        List<String> interrupted = new ArrayList<>();
        try (LoadSession load = LoadSession.start(plan, chain, limits, setup.seed(), progress);
                EvidenceCollector evidence = EvidenceCollector.start(
                        ChainFacts.watched(chain, load.pid()),
                        setup.capture() ? Optional.of(setup.folder()) : Optional.empty())) {
            StepRunner steps = new StepRunner(plan, chain, load, log, progress, evidence::watchClosely);
            try {
                for (Step step : plan.steps()) {
                    evidence.sampleSockets();
                    steps.run(step);
                }
            } catch (InterruptedException e) {
                interrupted.add("ended by a signal" + (log.phaseName().isEmpty() ? "" : " in " + log.phaseName()));
            } catch (StepRunner.ChainBroken broken) {
                interrupted.add(broken.getMessage());
            } finally {
                progress.over();
            }
            List<Phase> phases = log.all();
            return new Observed(
                    phases,
                    log.histograms(),
                    stopped(evidence),
                    interrupted,
                    ChainFacts.of(chain, plan),
                    steps.followed());
        }
    }

    /** The last reading is worth a moment even when a signal has come: its flag would cut it short. */
    private static EvidenceLog stopped(EvidenceCollector evidence) {
        boolean signalled = Thread.interrupted();
        EvidenceLog log = evidence.stop();
        if (signalled) {
            Thread.currentThread().interrupt();
        }
        return log;
    }

    private RunRecord conclude(RunSetup setup, Plan plan, Start start, Observed observed) {
        Diagnosis diagnosis = Diagnosis.of(
                observed.phases(),
                observed.evidence().evidence(),
                observed.missing(),
                observed.chain().hops());
        Judge.Findings findings = new Judge.Findings(
                observed.phases(),
                diagnosis.evidence(),
                observed.missing(),
                diagnosis.causes(),
                observed.interrupted(),
                observed.followed().series());
        return new RunRecord(
                RunRecord.FORM,
                version,
                setup.scenario().name(),
                setup.variant().name(),
                start.topology(),
                setup.seed(),
                start.at(),
                observed.chain().requested(),
                observed.chain().actual(),
                HostReader.read(),
                observed.chain().hops(),
                observed.phases(),
                diagnosis.evidence(),
                observed.missing(),
                diagnosis.causes(),
                Judge.judge(plan, findings).against(setup.variant().expected()),
                start.forecast(),
                observed.followed().series());
    }
}
