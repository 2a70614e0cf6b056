package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.GeneratorTally;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.traffic.TrafficPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent at the other end of a line: orders go as lines, answers come as lines ({@link OrderDesk} is that end). When it is gone, or its line was
 * silent for longer than who made the line waits, each order completes, and the next tally says that an agent was lost; nothing waits for the dead.
 *
 * <p><b>Threading:</b> any thread; answers complete on the thread that reads them. <b>Bounds:</b> one line an order.
 */
abstract sealed class LineAgent implements Agent permits ChildAgent, RemoteAgent {
    /** One agent that was lost, and nothing else. */
    static final Tally LOST =
            Tally.EMPTY.withGenerator(new GeneratorTally(0, 0, Distribution.EMPTY, Distribution.EMPTY, 1));

    private final BufferedWriter orders;
    private final Runnable end;
    private final Map<Long, Asked> pending = new HashMap<>();
    private long lastId;
    private boolean isDead;
    private boolean isClosing;
    private boolean toldLoss;

    /**
     * An agent that has no orders yet.
     *
     * @param orders where they go
     * @param end ends the line; may be run more than once
     */
    LineAgent(BufferedWriter orders, Runnable end) {
        this.orders = orders;
        this.end = end;
    }

    @Override
    public Future<Void> open(ConnectPlan plan) {
        return order(id -> AgentOrder.open(id, plan)).mapEmpty();
    }

    @Override
    public Future<Void> read(ReadOrder read) {
        return order(id -> AgentOrder.read(id, read)).mapEmpty();
    }

    @Override
    public Future<Void> leave(LeaveOrder leave) {
        return order(id -> AgentOrder.leave(id, leave)).mapEmpty();
    }

    @Override
    public Future<Void> carryOut(TrafficPlan plan) {
        return order(id -> AgentOrder.traffic(id, plan)).mapEmpty();
    }

    @Override
    public Future<Tally> tally() {
        return order(id -> AgentOrder.plain(id, AgentOrder.Order.TALLY))
                .map(AgentAnswer::toTally)
                .map(this::withLoss);
    }

    /** The agent's time, or {@link AgentAnswer#GONE}. */
    final Future<AgentAnswer> time() {
        return order(id -> AgentOrder.plain(id, AgentOrder.Order.TIME));
    }

    @Override
    public Future<Void> settle(Map<String, Sent> sent, long waitMillis) {
        return order(id -> AgentOrder.settle(id, sent, waitMillis)).mapEmpty();
    }

    @Override
    public Future<Void> close() {
        synchronized (this) {
            isClosing = true;
        }
        return order(id -> AgentOrder.plain(id, AgentOrder.Order.CLOSE))
                .onComplete(done -> end.run())
                .mapEmpty();
    }

    private interface Numbered {
        AgentOrder with(long id);
    }

    private record Asked(AgentOrder.Order order, Promise<AgentAnswer> promise) {}

    private Future<AgentAnswer> order(Numbered numbered) {
        Promise<AgentAnswer> promise = Promise.promise();
        synchronized (this) {
            if (isDead) {
                return Future.succeededFuture(AgentAnswer.GONE);
            }
            AgentOrder order = numbered.with(++lastId);
            pending.put(order.id(), new Asked(order.order(), promise));
            try {
                orders.write(AgentJson.write(order));
                orders.newLine();
                orders.flush();
            } catch (IOException e) {
                // The line is broken because the other end is gone: its answers end too, and that completes the order.
                end.run();
            }
        }
        return promise.future();
    }

    /** Reads answers until they end; the caller's thread does nothing else. */
    final void readAnswers(BufferedReader answers) {
        try (answers) {
            for (@Nullable String line = answers.readLine(); line != null; line = answers.readLine()) {
                take(AgentJson.read(line, AgentAnswer.class));
            }
        } catch (IOException e) {
            end.run();
        } finally {
            die();
        }
    }

    private void take(AgentAnswer answer) {
        @Nullable Asked asked;
        synchronized (this) {
            asked = pending.remove(answer.id());
        }
        if (asked == null) {
            return;
        }
        if (answer.failure() != null) {
            asked.promise().fail(answer.failure());
        } else {
            asked.promise().complete(answer);
        }
    }

    private void die() {
        List<Asked> orphans;
        synchronized (this) {
            isDead = true;
            orphans = List.copyOf(pending.values());
            pending.clear();
        }
        end.run();
        orphans.forEach(orphan -> orphan.promise().complete(AgentAnswer.GONE));
    }

    private synchronized Tally withLoss(Tally tally) {
        if (!isDead || isClosing || toldLoss) {
            return tally;
        }
        toldLoss = true;
        return tally.plus(LOST);
    }

    /** Whether the other end was gone before it was told to end, or owes a tally that nobody waits for any more. */
    final synchronized boolean isLost() {
        return toldLoss || (!isClosing && (isDead || owesTally()));
    }

    private boolean owesTally() {
        return pending.values().stream().anyMatch(asked -> asked.order() == AgentOrder.Order.TALLY);
    }
}
