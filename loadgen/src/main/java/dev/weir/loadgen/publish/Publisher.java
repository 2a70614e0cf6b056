package dev.weir.loadgen.publish;

import dev.weir.loadgen.measure.DistributionRecorder;
import dev.weir.loadgen.measure.OperationRecorder;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.pace.ArrivalSchedule;
import dev.weir.loadgen.wire.MeasuredMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes measured messages when they are due, numbered from 1 in each room over all its plans.
 *
 * <p>A message that leaves late keeps the time at which it was due. One that had to wait because too many are unanswered is late by the server's fault
 * and is not counted as the generator's.
 *
 * <p><b>Threading:</b> any thread; plans run on one context. <b>Bounds:</b> {@link #UNANSWERED_MAX} messages under way; a plan ends after
 * {@link #REFUSED_MAX} refusals.
 */
public final class Publisher {
    /** How many messages may wait for their answer. */
    public static final int UNANSWERED_MAX = 4_096;

    /** How many refused sequences are remembered. */
    public static final int REFUSED_MAX = 100_000;

    private static final int SENDS_PER_TURN = 200;
    private static final long POLL_MILLIS = 1;
    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    private final Vertx vertx;
    private final Context context;
    private final Outlet outlet;
    private final Map<String, RoomLog> rooms = new HashMap<>();
    private final DistributionRecorder answers = new DistributionRecorder();
    private final OperationRecorder operation = new OperationRecorder();
    private final DistributionRecorder lateSends = new DistributionRecorder();
    private long accepted;
    private long refused;
    private long refusedInAll;
    private long unanswered;
    private int underWay;
    private @Nullable Run run;

    /**
     * A publisher that has published nothing.
     *
     * @param outlet closed with it
     */
    public Publisher(Vertx vertx, Outlet outlet) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.outlet = outlet;
    }

    /** What was sent in one room. */
    private static final class RoomLog {
        private final long firstNanos;
        private final List<Long> refused = new ArrayList<>();
        private long last;

        RoomLog(long firstNanos) {
            this.firstNanos = firstNanos;
        }

        Sent sent() {
            return new Sent(firstNanos, last, refused.stream().sorted().toList());
        }
    }

    /** A plan that is being carried out. */
    private static final class Run {
        private final PublishPlan plan;
        private final long startNanos = System.nanoTime();
        private final Promise<Void> done = Promise.promise();
        private long next;
        private long freeSinceNanos = startNanos;
        private boolean isStopped;

        Run(PublishPlan plan) {
            this.plan = plan;
        }

        boolean hasNext() {
            return !isStopped
                    && (plan.messages() == 0 || next < plan.messages())
                    && plan.schedule().dueNanos(next) != ArrivalSchedule.NEVER;
        }

        long dueNanos() {
            return startNanos + plan.schedule().dueNanos(next);
        }
    }

    /**
     * Publishes as planned.
     *
     * @return completes when all are answered or given up, or after {@link #stop}
     * @throws IllegalStateException while another plan runs
     */
    public Future<Void> publish(PublishPlan plan) {
        Run started = new Run(plan);
        synchronized (this) {
            if (run != null) {
                throw new IllegalStateException("one plan at a time");
            }
            run = started;
        }
        context.runOnContext(now -> turn(started));
        return started.done.future();
    }

    /** Ends the plan that runs; what is under way is still awaited. */
    public synchronized void stop() {
        if (run != null) {
            run.isStopped = true;
        }
    }

    private synchronized void turn(Run current) {
        long now = System.nanoTime();
        int sent = 0;
        while (current.hasNext() && current.dueNanos() - now <= 0 && sent < SENDS_PER_TURN) {
            if (underWay >= UNANSWERED_MAX) {
                current.freeSinceNanos = now + TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
                break;
            }
            send(current, now);
            current.next++;
            sent++;
            now = System.nanoTime();
        }
        if (!current.hasNext() && underWay == 0) {
            operation.asked(Math.max(0, current.plan.messages() - current.next));
            run = null;
            current.done.complete();
        } else if (sent == SENDS_PER_TURN) {
            context.runOnContext(soon -> turn(current));
        } else {
            vertx.setTimer(waitMillis(current, now), fired -> turn(current));
        }
    }

    private static long waitMillis(Run current, long now) {
        if (!current.hasNext()) {
            return POLL_MILLIS;
        }
        // Timers count in milliseconds: rounding down and looking again keeps a message from leaving late. A stop is
        // seen within a tenth.
        long untilDue = TimeUnit.NANOSECONDS.toMillis(current.dueNanos() - now);
        return Math.clamp(untilDue, POLL_MILLIS, 100);
    }

    private void send(Run current, long now) {
        List<String> names = current.plan.rooms();
        String room = names.get((int) (current.next % names.size()));
        RoomLog log = rooms.computeIfAbsent(room, name -> new RoomLog(now));
        long sequence = ++log.last;
        long due = current.dueNanos();
        long couldLeave = due - current.freeSinceNanos > 0 ? due : current.freeSinceNanos;
        lateSends.record(Math.max(0, now - couldLeave) / MICRO);
        String json = MeasuredMessage.build(room, sequence, log.firstNanos, due, now, current.plan.payloadBytes());
        underWay++;
        operation.asked(1);
        operation.sent();
        outlet.send(room, json)
                .onComplete(done -> take(
                        current,
                        log,
                        new Message(sequence, due, now),
                        done.succeeded() ? done.result() : Outlet.Answer.UNANSWERED));
    }

    /** A message under way. */
    private record Message(long sequence, long dueNanos, long sentNanos) {}

    private synchronized void take(Run current, RoomLog log, Message message, Outlet.Answer answer) {
        underWay--;
        long now = System.nanoTime();
        answers.record((now - message.sentNanos()) / MICRO);
        switch (answer) {
            case ACCEPTED -> {
                accepted++;
                operation.answered((now - message.dueNanos()) / MICRO, (now - message.sentNanos()) / MICRO, (int)
                        TimeUnit.NANOSECONDS.toSeconds(now - current.startNanos));
            }
            case UNANSWERED -> {
                unanswered++;
                operation.failed("unanswered");
            }
            case REFUSED -> {
                refused++;
                operation.failed("refused");
                log.refused.add(message.sequence());
                if (++refusedInAll >= REFUSED_MAX) {
                    current.isStopped = true;
                }
            }
        }
    }

    /** What happened since the previous call. */
    public synchronized PublishTally tally() {
        PublishTally tally =
                new PublishTally(accepted, refused, unanswered, answers.take(), operation.take(), lateSends.take());
        accepted = 0;
        refused = 0;
        unanswered = 0;
        return tally;
    }

    /** What was sent since the beginning, by room. */
    public synchronized Map<String, Sent> sent() {
        Map<String, Sent> sent = new HashMap<>();
        rooms.forEach((room, log) -> sent.put(room, log.sent()));
        return sent;
    }

    /** Stops, and ends the outlet. */
    public Future<Void> close() {
        stop();
        return outlet.close();
    }
}
