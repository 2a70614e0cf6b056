package dev.weir.loadgen.run;

import dev.weir.loadgen.agent.ReadOrder;
import dev.weir.loadgen.evidence.HopSpending;
import dev.weir.loadgen.evidence.HopTarget;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.outcome.Phase;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Step;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.loadgen.traffic.RateSearch;
import dev.weir.loadgen.traffic.Trial;
import dev.weir.loadgen.wire.Rooms;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Carries out the steps of a plan, one phase each, and watches the chain meanwhile.
 *
 * <p><b>Threading:</b> the thread that drives the run.
 */
final class StepRunner {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Asking costs the agents a histogram for each of their loops: where these are many, not every time. */
    private static final long SELDOM_MILLIS = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RAMP_MAX = Duration.ofMinutes(10);
    private static final int PROBE_BYTES = 128;
    /** How long the deliveries of traffic may still come after the last answer. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    /** The longest that a server's answer is waited for, which may never come from one that has ended. */
    private static final Duration ANSWERS_MAX = Duration.ofSeconds(65);

    private static final Duration SOAK_SETTLE = Duration.ofSeconds(10);

    private static final long SAY_EVERY_MILLIS = 5_000;
    /** How long after a proxy's read timeout its closes may take to arrive: timers fire late on a busy machine. */
    private static final Duration CUT_MARGIN = Duration.ofSeconds(2);

    private final Plan plan;
    private final RunningChain chain;
    private final LoadSession load;
    private final PhaseLog log;
    private final Progress progress;
    private final Consumer<Duration> closely;
    private final FollowedFigures followed = new FollowedFigures();
    private Future<Void> churn = Future.succeededFuture();
    private int churnPerSecond;
    private long churnedMillis;
    private long sayAtMillis;
    private long polledMillis;

    /**
     * @param closely has the hops' own pages looked at often for a time
     */
    StepRunner(
            Plan plan,
            RunningChain chain,
            LoadSession load,
            PhaseLog log,
            Progress progress,
            Consumer<Duration> closely) {
        this.closely = closely;
        this.plan = plan;
        this.chain = chain;
        this.load = load;
        this.log = log;
        this.progress = progress;
    }

    /** A hop ended by itself, the agents fell silent or a step did not end; what follows would say nothing. */
    static final class ChainBroken extends Exception {
        private static final long serialVersionUID = 1L;

        ChainBroken(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /**
     * Carries out one step.
     *
     * @throws InterruptedException when a signal has come
     * @throws ChainBroken when the run cannot go on: a hop ended by itself, the agents are silent, or the step did not end in time
     */
    void run(Step step) throws InterruptedException, ChainBroken {
        switch (step) {
            case Step.Ramp ramp -> phase(ramp, () -> ramp(ramp));
            case Step.Readers readers -> phase(readers, () -> until(load.read(order(readers)), PATIENCE));
            case Step.Broadcast broadcast -> phase(broadcast, () -> broadcast(broadcast));
            case Step.Stream stream -> phase(stream, () -> stream(stream));
            case Step.Exhaust exhaust -> phase(exhaust, () -> exhaust(exhaust));
            case Step.Leave leave -> phase(leave, () -> leave(leave));
            case Step.Storm storm -> phase(storm, () -> storm(storm));
            case Step.ChangeHost change ->
                phase(change, () -> chain.hostSettings().change(change.sysctls()));
            case Step.PutHostBack back -> phase(back, () -> chain.hostSettings().putBack());
            case Step.Squeeze squeeze -> phase(squeeze, chain::squeeze);
            case Step.Reload reload -> phase(reload, () -> reload(reload));
            case Step.Hold hold -> phase(hold, () -> hold(hold.duration()));
            case Step.HoldUntilEnded hold ->
                phase(hold, () -> watch(() -> plan.connections() - log.heldNow() >= hold.ended(), hold.atMost()));
            case Step.HoldUntilCut hold -> phase(hold, () -> hold(lengthOf(hold)));
            case Step.Traffic traffic -> phase(traffic, () -> traffic(traffic));
            case Step.Find find -> find(find);
            case Step.Soak soak -> phase(soak, () -> soak(soak));
        }
    }

    /** What was followed; nothing in a run without such a step. */
    FollowedFigures followed() {
        return followed;
    }

    private interface Work {
        void carryOut() throws InterruptedException, ChainBroken;
    }

    /** Between two looks: {@link #POLL}, or until what is waited for is there, so that no phase lasts longer than what it is about. */
    private interface Pause {
        void take() throws InterruptedException;
    }

    private Phase phase(Step step, Work work) throws InterruptedException, ChainBroken {
        log.begin(step.name());
        churnedMillis = 0;
        sayAtMillis = SAY_EVERY_MILLIS;
        work.carryOut();
        poll();
        Phase phase = log.end();
        progress.say(summary(phase));
        return phase;
    }

    /** Whoever comes into a room in which messages have been sent is owed all from the next one on. */
    private void ramp(Step.Ramp ramp) throws InterruptedException, ChainBroken {
        until(load.open(ramp), RAMP_MAX);
        if (load.hasPublished()) {
            until(load.settle(Duration.ZERO), PATIENCE);
        }
    }

    private static ReadOrder order(Step.Readers readers) {
        return new ReadOrder(readers.stalledShare(), readers.throttledShare(), readers.throttledBytesPerSecond());
    }

    private void find(Step.Find find) throws InterruptedException, ChainBroken {
        RateSearch search = RateSearch.START;
        for (Optional<Double> next = search.next(); next.isPresent(); next = search.next()) {
            Step.Traffic step = find.times(next.get());
            Trial trial = Trial.of(phase(step, () -> traffic(step)), find.threshold());
            trial.why().forEach(why -> progress.say("  " + why));
            search = search.with(next.get(), trial);
        }
    }

    private void traffic(Step.Traffic traffic) throws InterruptedException, ChainBroken {
        traffic(traffic, () -> {});
    }

    private void traffic(Step.Traffic traffic, Work meanwhile) throws InterruptedException, ChainBroken {
        log.traffic(traffic);
        costed(() -> {
            Future<Void> carried = load.carryOut(traffic);
            meanwhile.carryOut();
            until(carried, traffic.duration().plus(PATIENCE).plus(PATIENCE));
        });
        until(load.settle(SETTLE), SETTLE.plus(PATIENCE));
        watch(log::hasAllDeliveries, SETTLE);
    }

    /** Pages are looked at closely: what stalls for a tenth of a second is seen. */
    private void storm(Step.Storm storm) throws InterruptedException, ChainBroken {
        if (storm.loss() instanceof Step.Loss.OfAgents(int spared, int _)) {
            load.spare(spared);
        }
        closely.accept(storm.duration());
        traffic(storm.traffic(), () -> {
            watch(() -> log.elapsedMillis() >= storm.after().toMillis(), storm.after());
            progress.say("%s: %s ends".formatted(log.phaseName(), what(storm.loss())));
            switch (storm.loss()) {
                case Step.Loss.OfAgents _ -> load.endOthers();
                case Step.Loss.OfProcess(String hop) -> chain.kill(hop);
            }
        });
    }

    private static String what(Step.Loss loss) {
        return switch (loss) {
            case Step.Loss.OfAgents(int spared, int _) -> "every agent but " + spared;
            case Step.Loss.OfProcess(String hop) -> hop;
        };
    }

    private void soak(Step.Soak soak) throws InterruptedException, ChainBroken {
        followed.begin(ChainFacts.targets(chain, load.pid()), soak);
        for (int cycle = 1; log.elapsedMillis() < soak.duration().toMillis(); cycle++) {
            long endMillis = log.elapsedMillis() + soak.cycle().toMillis();
            Future<Void> back = load.leave(soak.leaving(), Duration.ZERO);
            publish(Scenario.EVERYONE, soak.toEveryone(), SOAK_SETTLE);
            until(back, PATIENCE);
            publish(Rooms.name(cycle % soak.floodedRooms()), soak.flood(), SOAK_SETTLE);
            watch(() -> log.elapsedMillis() >= endMillis, soak.cycle());
            if (cycle % soak.cyclesPerSample() == 0) {
                followed.take(log.elapsedMillis());
            }
        }
    }

    private void publish(String room, Step.Burst burst, Duration settle) throws InterruptedException, ChainBroken {
        Future<Void> published = load.publish(room, burst.messages(), burst.payloadBytes(), burst.ratePerSecond());
        Duration sending = Duration.ofMillis((long) (burst.messages() / burst.ratePerSecond() * 1_000));
        until(published, sending.plus(settle).plus(PATIENCE));
        until(load.settle(settle), settle.plus(PATIENCE));
    }

    private void broadcast(Step.Broadcast broadcast) throws InterruptedException, ChainBroken {
        churnPerSecond = broadcast.churnPerSecond();
        if (broadcast.ratePerSecond() > 0) {
            publish(broadcast, broadcast.messages());
        } else {
            for (int message = 0; message < broadcast.messages(); message++) {
                log.aloneFromHere();
                publish(broadcast, 1);
                poll();
                log.reached();
            }
        }
        churnPerSecond = 0;
        until(churn, PATIENCE);
    }

    private void stream(Step.Stream stream) throws InterruptedException, ChainBroken {
        costed(() -> publish(
                stream.room(),
                new Step.Burst(stream.messages(), stream.payloadBytes(), stream.ratePerSecond()),
                stream.settle()));
    }

    /** Does it, and says what each hop spent meanwhile. */
    private void costed(Work work) throws InterruptedException, ChainBroken {
        List<HopTarget> hops = ChainFacts.targets(chain, load.pid());
        HopSpending before = HopSpending.read(hops);
        work.carryOut();
        log.costs(HopSpending.read(hops).since(before, hops));
    }

    private void publish(Step.Broadcast broadcast, int messages) throws InterruptedException, ChainBroken {
        double rate = broadcast.ratePerSecond() > 0 ? broadcast.ratePerSecond() : 1;
        publish(broadcast.room(), new Step.Burst(messages, broadcast.payloadBytes(), rate), broadcast.settle());
    }

    /** Who has ended takes no more messages, and what it left would be drowned in refusals. */
    private void exhaust(Step.Exhaust exhaust) throws InterruptedException, ChainBroken {
        chain.expectEnd(exhaust.hop());
        Future<Void> published =
                load.publish(exhaust.room(), exhaust.messages(), exhaust.payloadBytes(), exhaust.ratePerSecond());
        Duration sending = Duration.ofMillis((long) (exhaust.messages() / exhaust.ratePerSecond() * 1_000));
        watch(() -> published.isComplete() || chain.hasEnded(exhaust.hop()), sending.plus(PATIENCE));
        load.stop();
        until(published, ANSWERS_MAX);
        if (!chain.hasEnded(exhaust.hop())) {
            until(load.settle(SETTLE), SETTLE.plus(PATIENCE));
        }
        long endMillis = log.elapsedMillis() + exhaust.after().toMillis();
        watch(() -> log.elapsedMillis() >= endMillis, exhaust.after());
    }

    private void leave(Step.Leave leave) throws InterruptedException, ChainBroken {
        int messages = (int) (leave.messagesPerSecond() * leave.watched().toSeconds());
        Future<Void> back = load.leave((int) Math.round(plan.connections() * leave.share()), leave.away());
        Future<Void> published = load.publish(leave.room(), messages, PROBE_BYTES, leave.messagesPerSecond());
        until(back, leave.away().plus(leave.back()));
        progress.say("%s: back after %.1f s"
                .formatted(log.phaseName(), (log.elapsedMillis() - leave.away().toMillis()) / 1e3));
        until(published, leave.watched().plus(PATIENCE));
        until(load.settle(PATIENCE), PATIENCE.multipliedBy(2));
    }

    /** Some connections come and go while something else happens; no more than are back by now. */
    private void churn() {
        long dueCount = churnPerSecond * (log.elapsedMillis() - churnedMillis) / 1_000;
        if (dueCount > 0 && churn.isComplete()) {
            churnedMillis = log.elapsedMillis();
            churn = load.leave(Math.toIntExact(Math.min(dueCount, churnPerSecond)), Duration.ZERO);
        }
    }

    private Duration lengthOf(Step.HoldUntilCut hold) {
        Duration cut = Duration.ofMillis(
                        ChainFacts.shortestReadTimeoutMillis(chain).orElse(0))
                .plus(CUT_MARGIN);
        Duration wanted = cut.compareTo(hold.atLeast()) > 0 ? cut : hold.atLeast();
        return wanted.compareTo(hold.atMost()) > 0 ? hold.atMost() : wanted;
    }

    private void reload(Step.Reload reload) throws InterruptedException, ChainBroken {
        chain.reload(reload.hop());
        hold(reload.settle());
    }

    private void hold(Duration duration) throws InterruptedException, ChainBroken {
        watch(() -> log.elapsedMillis() >= duration.toMillis() || log.heldNow() == 0, duration.plus(PATIENCE));
    }

    private void until(Future<?> future, Duration patience) throws InterruptedException, ChainBroken {
        CountDownLatch complete = new CountDownLatch(1);
        future.onComplete(_ -> complete.countDown());
        watch(future::isComplete, patience, () -> complete.await(POLL.toMillis(), TimeUnit.MILLISECONDS));
        if (!future.isComplete()) {
            load.stop();
            throw new ChainBroken("%s did not end within %d s".formatted(log.phaseName(), patience.toSeconds()));
        }
        if (future.failed()) {
            throw new ChainBroken("%s could not be carried out: %s"
                    .formatted(log.phaseName(), future.cause().getMessage()));
        }
    }

    private void watch(BooleanSupplier done, Duration patience) throws InterruptedException, ChainBroken {
        watch(done, patience, () -> Thread.sleep(POLL));
    }

    /** Asks the agents now and then until something is so, or patience ends. */
    private void watch(BooleanSupplier done, Duration patience, Pause pause) throws InterruptedException, ChainBroken {
        long untilMillis = log.elapsedMillis() + patience.toMillis();
        poll();
        while (!done.getAsBoolean() && log.elapsedMillis() < untilMillis) {
            pause.take();
            churn();
            if (!plan.isLarge() || log.elapsedMillis() - polledMillis >= SELDOM_MILLIS) {
                poll();
            }
            if (log.elapsedMillis() >= sayAtMillis) {
                sayAtMillis = log.elapsedMillis() + SAY_EVERY_MILLIS;
                progress.say(standing());
            }
        }
    }

    private void poll() throws InterruptedException, ChainBroken {
        polledMillis = log.elapsedMillis();
        LoadSession.Observed observed = observed();
        log.add(observed.tally());
        progress.saw(log.phaseName(), plan.connections(), observed.tally());
        log.published(observed.published());
        String casualty = chain.casualty().orElse(null);
        if (casualty != null) {
            throw new ChainBroken("in %s: %s".formatted(log.phaseName(), casualty));
        }
    }

    private LoadSession.Observed observed() throws InterruptedException, ChainBroken {
        try {
            return Await.value(load.observe(), PATIENCE);
        } catch (TimeoutException silent) {
            load.stop();
            throw new ChainBroken(
                    "in %s: the agents did not answer within %d s".formatted(log.phaseName(), PATIENCE.toSeconds()));
        }
    }

    private String standing() {
        Tally tally = log.tally();
        return String.format(
                Locale.ROOT,
                "%s, %d s: %,d of %,d held, %,d failed, %,d ended, %,d delivered",
                log.phaseName(),
                log.elapsedMillis() / 1_000,
                tally.held(),
                plan.connections(),
                tally.failed(),
                tally.closed(),
                tally.deliveries(Cohort.NORMAL).delivered());
    }

    private static String summary(Phase phase) {
        return String.format(
                Locale.ROOT,
                "%s: %.1f s, %,d held, %,d failed, %,d ended, %,d of %,d delivered",
                phase.name(),
                phase.durationMillis() / 1e3,
                phase.connections().heldAtEnd(),
                phase.connections().failedCount(),
                phase.connections().closedCount(),
                phase.deliveries().delivered(),
                phase.deliveries().expected());
    }
}
