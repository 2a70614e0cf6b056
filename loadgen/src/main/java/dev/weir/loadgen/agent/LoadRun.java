package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.HistogramLog;
import dev.weir.loadgen.measure.PhaseSpan;
import dev.weir.loadgen.measure.Published;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.pace.ConstantRate;
import dev.weir.loadgen.pace.Stages;
import dev.weir.loadgen.publish.PublishPlan;
import dev.weir.loadgen.publish.PublishTally;
import dev.weir.loadgen.publish.Publisher;
import dev.weir.loadgen.wire.Rooms;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plain load: ramp, then hold while publishing, then settle accounts.
 *
 * <p><b>Threading:</b> {@link #run} blocks its thread, {@link #interrupt} comes from any other. <b>Bounds:</b> a tally a second; each step after an
 * interrupt is waited for {@link #STEP_MILLIS_MAX} at most.
 */
public final class LoadRun {
    private static final long PROGRESS_EVERY_MILLIS = 1_000;
    private static final long POLL_MILLIS = 20;
    private static final long SETTLE_MILLIS = 10_000;
    private static final long SETTLE_INTERRUPTED_MILLIS = 1_000;
    private static final long STEP_MILLIS_MAX = 60_000;

    private final Agent agent;
    private final @Nullable Publisher publisher;
    private final LoadSettings settings;
    private final LoadProgress progress;
    private final long stepMillisMax;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final List<Phase> phases = new ArrayList<>();
    private final long startEpochMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private final HistogramLog histograms = new HistogramLog(startEpochMillis);
    private Tally phaseTally = Tally.EMPTY;
    private String phaseName = "";
    private long phaseStartMillis;
    private long lastProgressMillis;
    /** Asked for and not answered in time: the next one to wait for, for what it counted is in no other. */
    private @Nullable Future<Tally> owed;

    private boolean isSilent;
    private boolean toldSilence;
    private Published published = Published.NONE;
    private long refused;
    private long unanswered;

    /**
     * A run that has not begun.
     *
     * @param agent left open at the end
     * @param publisher left open at the end; null when nothing is published
     */
    public LoadRun(Agent agent, @Nullable Publisher publisher, LoadSettings settings, LoadProgress progress) {
        this(agent, publisher, settings, progress, STEP_MILLIS_MAX);
    }

    /** The same, with how long a step is waited for. */
    LoadRun(
            Agent agent,
            @Nullable Publisher publisher,
            LoadSettings settings,
            LoadProgress progress,
            long stepMillisMax) {
        this.agent = agent;
        this.publisher = publisher;
        this.settings = settings;
        this.progress = progress;
        this.stepMillisMax = stepMillisMax;
    }

    /** Ends the run early; it still settles and returns what it has. */
    public void interrupt() {
        interrupted.countDown();
    }

    /** Whether it was told to end early. */
    public boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    /**
     * Runs.
     *
     * @throws InterruptedException when the thread is
     */
    public LoadOutcome run() throws InterruptedException {
        ramp();
        if (!isInterrupted() && !settings.hold().isZero()) {
            hold();
        }
        return new LoadOutcome(phases, refused, unanswered, isInterrupted(), histograms.text());
    }

    private void ramp() throws InterruptedException {
        begin("ramp");
        List<Future<Void>> opened = new ArrayList<>();
        if (settings.stages().isEmpty()) {
            opened.add(agent.open(settings.plan()));
        } else {
            openInStages(opened);
        }
        awaitAll(Future.join(opened));
        if (!settings.read().equals(ReadOrder.NORMAL)) {
            awaitAgents(agent.read(settings.read()));
        }
        end();
    }

    private void openInStages(List<Future<Void>> opened) throws InterruptedException {
        long before = 0;
        long dueMillis = nowMillis();
        for (Stages.Stage stage : settings.stages()) {
            int count = (int) (stage.target() - before);
            double rate = stage.durationNanos() == 0 ? 0 : count * 1e9 / stage.durationNanos();
            if (count > 0) {
                ConnectPlan plan = settings.plan();
                opened.add(agent.open(plan.withShare(count, rate, plan.inFlightMax(), plan.seed() + before)));
            }
            before = stage.target();
            dueMillis += TimeUnit.NANOSECONDS.toMillis(stage.durationNanos());
            waitUntil(dueMillis);
        }
    }

    private void hold() throws InterruptedException {
        begin("hold");
        Publisher source = publisher;
        @Nullable Future<Void> published = null;
        if (source != null && settings.publishPerSecond() > 0) {
            published = source.publish(new PublishPlan(
                    rooms(), new ConstantRate(settings.publishPerSecond()), 0, settings.payloadBytes()));
        }
        waitUntil(nowMillis() + settings.hold().toMillis());
        if (source != null && published != null) {
            source.stop();
            boolean _ = endsInTime(published);
            awaitAgents(agent.settle(source.sent(), isInterrupted() ? SETTLE_INTERRUPTED_MILLIS : SETTLE_MILLIS));
        }
        end();
    }

    private List<String> rooms() {
        ConnectPlan plan = settings.plan();
        if (plan.rooms() == 0) {
            return List.of(Rooms.EVERYONE_NAME);
        }
        return IntStream.range(0, plan.rooms()).mapToObj(Rooms::name).toList();
    }

    private void begin(String name) {
        phaseName = name;
        phaseStartMillis = nowMillis();
        phaseTally = Tally.EMPTY;
        published = Published.NONE;
    }

    private void end() throws InterruptedException {
        collect();
        tellSilence();
        long endMillis = nowMillis();
        PhaseSpan span = new PhaseSpan(
                phaseName, phaseStartMillis, endMillis - phaseStartMillis, startEpochMillis + phaseStartMillis);
        phases.add(phaseTally.toPhase(span, settings.plan().connections(), published));
        histograms.add("connect", phaseStartMillis, endMillis, phaseTally.connectMicros());
        histograms.add("deliverIntended", phaseStartMillis, endMillis, phaseTally.deliverIntendedMicros());
        histograms.add("deliverActual", phaseStartMillis, endMillis, phaseTally.deliverActualMicros());
    }

    private void collect() throws InterruptedException {
        @Nullable Future<Tally> asked = owed;
        Future<Tally> answer = asked == null ? agent.tally() : asked;
        if (!endsInTime(answer)) {
            owed = answer;
            return;
        }
        owed = null;
        Tally tally = answer.result();
        if (publisher != null) {
            PublishTally told = publisher.tally();
            published = published.plus(new Published(told.accepted() + told.unanswered(), told.answerMicros()));
            refused += told.refused();
            unanswered += told.unanswered();
            tally = tally.withGenerator(told.generator());
        }
        phaseTally = phaseTally.then(tally);
        lastProgressMillis = nowMillis();
        progress.show(phaseName, lastProgressMillis, settings.plan().connections(), phaseTally, tally);
    }

    /** What an agent that does not answer has lived through is missing, and nothing else says so: without it, nothing lost would be seen. */
    private void tellSilence() {
        if ((isSilent || owed != null) && !toldSilence && phaseTally.generator().lostAgents() == 0) {
            toldSilence = true;
            phaseTally = phaseTally.then(LineAgent.LOST);
        }
    }

    private void waitUntil(long dueMillis) throws InterruptedException {
        while (!isInterrupted() && nowMillis() < dueMillis) {
            pause(dueMillis - nowMillis());
        }
    }

    private void awaitAll(Future<?> done) throws InterruptedException {
        while (!isInterrupted() && !done.isComplete()) {
            pause(POLL_MILLIS);
        }
        if (done.failed()) {
            throw new IllegalStateException("agents must open connections", done.cause());
        }
    }

    private void pause(long millisMax) throws InterruptedException {
        long untilProgress = Math.max(1, lastProgressMillis + PROGRESS_EVERY_MILLIS - nowMillis());
        boolean _ = interrupted.await(Math.min(millisMax, untilProgress), TimeUnit.MILLISECONDS);
        if (nowMillis() - lastProgressMillis >= PROGRESS_EVERY_MILLIS) {
            collect();
        }
    }

    private void awaitAgents(Future<Void> step) throws InterruptedException {
        isSilent |= !endsInTime(step);
    }

    /** Whether it did not take too long: an agent that hangs must not hang the run. */
    private boolean endsInTime(Future<?> step) throws InterruptedException {
        try {
            step.toCompletionStage().toCompletableFuture().get(stepMillisMax, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("agents must do as they are told", e.getCause());
        } catch (TimeoutException e) {
            return false;
        }
    }

    private long nowMillis() {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    }
}
