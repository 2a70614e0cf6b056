package dev.weir.loadgen.run;

import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.HistogramLog;
import dev.weir.loadgen.measure.Interfaces;
import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.OperationTally;
import dev.weir.loadgen.measure.PhaseSpan;
import dev.weir.loadgen.measure.Published;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.outcome.HopCost;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.outcome.Reach;
import dev.weir.loadgen.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects phases: what the agents saw from the start of one to its end.
 *
 * <p><b>Threading:</b> the thread that drives the run.
 */
final class PhaseLog {
    private final long startNanos = System.nanoTime();
    private final HistogramLog histograms = new HistogramLog(System.currentTimeMillis());
    private final List<Phase> phases = new ArrayList<>();
    private final long target;

    private String name = "";
    private long phaseNanos;
    private long phaseEpochMillis;
    private Published published = Published.NONE;
    private Tally tally = Tally.EMPTY;
    private Optional<Step.Traffic> traffic = Optional.empty();
    private List<HopCost> costs = List.of();
    private List<Reach> reaches = List.of();
    private long aloneDelivered;
    private long aloneLastMicros;

    /**
     * @param target connections of the whole run
     */
    PhaseLog(long target) {
        this.target = target;
    }

    /** The latencies of all phases that have ended, as the text of an {@code .hlog}. */
    String histograms() {
        return histograms.text();
    }

    void begin(String phase) {
        name = phase;
        phaseNanos = System.nanoTime();
        phaseEpochMillis = System.currentTimeMillis();
        published = Published.NONE;
        tally = Tally.EMPTY;
        traffic = Optional.empty();
        costs = List.of();
        reaches = new ArrayList<>();
        aloneFromHere();
    }

    /** What arrives from here on belongs to one message that is under way alone. */
    void aloneFromHere() {
        aloneDelivered = 0;
        aloneLastMicros = 0;
    }

    /** That message has reached all that it will, and that has been added. */
    void reached() {
        reaches.add(new Reach(aloneDelivered, aloneLastMicros / 1e3));
    }

    /** The phase puts interfaces under load. */
    void traffic(Step.Traffic step) {
        traffic = Optional.of(step);
    }

    /** What each hop has spent on it. */
    void costs(List<HopCost> spent) {
        costs = spent;
    }

    /** Adds what the agents saw since they were last asked. */
    void add(Tally later) {
        tally = tally.then(later);
        aloneDelivered += later.deliveries(Cohort.NORMAL).delivered();
        aloneLastMicros =
                Math.max(aloneLastMicros, later.deliverIntendedMicros().max());
    }

    /** Adds what a publisher did. */
    void published(Published later) {
        published = published.plus(later);
    }

    long heldNow() {
        return tally.held();
    }

    /** Whether held connections got all that clients' messages owe them; the server API's are settled by sequence. */
    boolean hasAllDeliveries() {
        OperationTally ofClients = tally.operation(Operation.PUBLISH);
        return ofClients.caused() >= ofClients.owed();
    }

    Tally tally() {
        return tally;
    }

    /** The phase that is under way; empty between phases. */
    String phaseName() {
        return name;
    }

    /** Since the phase began. */
    long elapsedMillis() {
        return (System.nanoTime() - phaseNanos) / 1_000_000;
    }

    Phase end() {
        long now = System.nanoTime();
        PhaseSpan span = new PhaseSpan(
                name, (phaseNanos - startNanos) / 1_000_000, (now - phaseNanos) / 1_000_000, phaseEpochMillis);
        List<InterfaceLoad> interfaces = traffic.map(step -> Interfaces.of(
                        tally, step.mix()::rate, (int) step.duration().toSeconds()))
                .orElse(List.of());
        Phase phase = tally.toPhase(span, target, published).with(interfaces, costs, reaches);
        long until = span.startMillis() + span.durationMillis();
        histograms.add(name + ".connect", span.startMillis(), until, tally.connectMicros());
        histograms.add(name + ".deliverIntended", span.startMillis(), until, tally.deliverIntendedMicros());
        histograms.add(name + ".deliverActual", span.startMillis(), until, tally.deliverActualMicros());
        histograms.add(name + ".publishAnswer", span.startMillis(), until, published.answerMicros());
        if (traffic.isPresent()) {
            tally.operations().forEach((operation, of) -> {
                String tag = name + "." + operation.id();
                histograms.add(tag + "Intended", span.startMillis(), until, of.intendedMicros());
                histograms.add(tag + "Actual", span.startMillis(), until, of.actualMicros());
            });
        }
        phases.add(phase);
        name = "";
        return phase;
    }

    /** Ends the phase that is under way, if one is, and gives all. */
    List<Phase> all() {
        if (!name.isEmpty()) {
            end();
        }
        return List.copyOf(phases);
    }
}
