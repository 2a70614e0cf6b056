package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.traffic.TrafficPlan;
import dev.weir.loadgen.wire.Rooms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Connections spread over event loops, used as one.
 *
 * <p><b>Threading:</b> any thread; everything happens on the loops. <b>Bounds:</b> what it is told to open.
 */
public final class ClientGroup {
    private static final long SETTLE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ParkingLoops parking;
    private final List<ClientLoop> loops;

    /**
     * A group without connections.
     *
     * @param parking the loops; closed with the group
     * @param seed what masks, keys and waits come from
     * @param aheadNanos how far this host's clock is ahead of that of whoever publishes
     */
    public ClientGroup(ParkingLoops parking, long seed, long aheadNanos) {
        this.parking = parking;
        this.loops = IntStream.range(0, parking.loops().size())
                .mapToObj(index -> new ClientLoop(parking, index, seed, aheadNanos))
                .toList();
        loops.forEach(loop -> loop.eventLoop().execute(loop::start));
    }

    /** Opens connections; completes when each is ready or has failed. */
    public Future<Void> open(Dial dial) {
        long startNanos = System.nanoTime();
        return onEach((loop, done) -> new Dialer(loop, dial, startNanos, done).run());
    }

    /** Changes how connections read, these and later ones. */
    public Future<Void> read(ReadShare share) {
        return onEach((loop, done) -> {
            loop.read(share);
            done.run();
        });
    }

    /**
     * Lets connections be gone at once and come back.
     *
     * @param connections how many, over all loops
     * @param awayMillis ms until the first comes back, at least 0
     * @param inFlightMax handshakes under way at once, over all loops
     * @return completes when each is back or has failed
     */
    public Future<Void> leave(int connections, long awayMillis, int inFlightMax) {
        int perLoop = Math.max(1, inFlightMax / loops.size());
        return onEach((loop, done) -> {
            int share = connections / loops.size() + (loop.index() < connections % loops.size() ? 1 : 0);
            loop.leave(share, awayMillis, perLoop, done);
        });
    }

    /** Carries out traffic on the connections; completes when every operation is answered or given up. */
    public Future<Void> carryOut(TrafficPlan plan) {
        return onEach((loop, done) -> loop.carryOut(plan, done));
    }

    /** How many connections were opened or tried, over all loops. */
    public Future<Integer> size() {
        return ask(ClientLoop::slots)
                .map(sizes -> sizes.stream().mapToInt(Integer::intValue).sum());
    }

    /** What happened since the previous call. */
    public Future<Tally> tally() {
        return ask(ClientLoop::take).map(Tally::sum);
    }

    /** Counts as lost what is missing when all has come, or after {@code waitMillis}. */
    public Future<Void> settle(Map<String, Sent> sent, long waitMillis) {
        Map<Integer, Sent> byRoom = new HashMap<>();
        sent.forEach((name, room) -> byRoom.put(Rooms.number(name), room));
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        return onEach((loop, done) -> settle(loop, byRoom, 0, deadlineNanos, done));
    }

    /** Who has all that it is owed keeps it: each look goes on where the last one stopped. */
    private static void settle(
            ClientLoop loop, Map<Integer, Sent> sent, int complete, long deadlineNanos, Runnable done) {
        int completeNow = loop.completeTo(complete, sent);
        if (completeNow == loop.slots() || System.nanoTime() - deadlineNanos >= 0) {
            loop.settle(sent);
            done.run();
        } else {
            loop.later(() -> settle(loop, sent, completeNow, deadlineNanos, done), SETTLE_EVERY_NANOS);
        }
    }

    /** Ends all connections as planned, and the loops. */
    public Future<Void> close() {
        return onEach(ClientLoop::close).eventually(parking::close);
    }

    private interface Order {
        void run(ClientLoop loop, Runnable done);
    }

    private Future<Void> onEach(Order order) {
        return Future.join(loops.stream()
                        .map(loop -> {
                            Promise<Void> promise = Promise.promise();
                            execute(loop, promise, () -> order.run(loop, promise::tryComplete));
                            return promise.future();
                        })
                        .toList())
                .mapEmpty();
    }

    private interface Question<T> {
        T answer(ClientLoop loop);
    }

    private <T> Future<List<T>> ask(Question<T> question) {
        List<Future<T>> answers = loops.stream()
                .map(loop -> {
                    Promise<T> promise = Promise.promise();
                    execute(loop, promise, () -> promise.complete(question.answer(loop)));
                    return promise.future();
                })
                .toList();
        return Future.join(answers)
                .map(all -> answers.stream().map(Future::result).toList());
    }

    private static void execute(ClientLoop loop, Promise<?> promise, Runnable task) {
        loop.eventLoop().execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                promise.tryFail(e);
            }
        });
    }
}
