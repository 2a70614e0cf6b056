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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent in a child process. When the child dies, each order completes, and the next tally says that an agent was lost; nothing waits for the dead.
 *
 * <p><b>Threading:</b> any thread; answers complete on a thread of its own. <b>Bounds:</b> one line an order.
 */
public final class ChildAgent implements Agent {
    private static final Tally LOST =
            Tally.EMPTY.withGenerator(new GeneratorTally(0, 0, Distribution.EMPTY, Distribution.EMPTY, 1));

    private final Process process;
    private final BufferedWriter orders;
    private final Map<Long, Promise<Tally>> pending = new HashMap<>();
    private long lastId;
    private boolean isDead;
    private boolean isClosing;
    private boolean toldLoss;

    private ChildAgent(Process process) {
        this.process = process;
        this.orders = process.outputWriter();
    }

    /**
     * Starts a child.
     *
     * @param java how to run Java with a class path, up to and without the main class
     * @param loops its event loops
     * @param preferNative epoll where it can be had
     * @param seed what the randomness of its connections comes from
     * @throws IOException when it cannot be started
     */
    public static ChildAgent start(List<String> java, LoopShape loops, boolean preferNative, long seed)
            throws IOException {
        return start(
                java,
                AgentMain.class,
                Integer.toString(loops.count()),
                loops.ownTables() ? "tables" : "shared",
                preferNative ? "native" : "nio",
                Long.toString(seed));
    }

    /**
     * Starts a child with a thread for each connection.
     *
     * @param java how to run Java with a class path, up to and without the main class
     * @param stackBytes address space of each thread's stack
     * @throws IOException when it cannot be started
     */
    static ChildAgent startThreads(List<String> java, long stackBytes) throws IOException {
        return start(java, ThreadAgentMain.class, Long.toString(stackBytes));
    }

    private static ChildAgent start(List<String> java, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        ChildAgent agent = new ChildAgent(builder.start());
        Thread.ofVirtual().name("agent-answers").start(agent::readAnswers);
        return agent;
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
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
        return order(id -> AgentOrder.plain(id, AgentOrder.Order.TALLY)).map(this::withLoss);
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
                .onComplete(done -> process.destroy())
                .mapEmpty();
    }

    private interface Numbered {
        AgentOrder with(long id);
    }

    private Future<Tally> order(Numbered numbered) {
        Promise<Tally> promise = Promise.promise();
        synchronized (this) {
            if (isDead) {
                return Future.succeededFuture(Tally.EMPTY);
            }
            AgentOrder order = numbered.with(++lastId);
            pending.put(order.id(), promise);
            try {
                orders.write(AgentJson.write(order));
                orders.newLine();
                orders.flush();
            } catch (IOException e) {
                // The pipe is broken because the child is gone: its answers end too, and that completes the order.
                process.destroy();
            }
        }
        return promise.future();
    }

    private void readAnswers() {
        try (BufferedReader answers = process.inputReader()) {
            for (@Nullable String line = answers.readLine(); line != null; line = answers.readLine()) {
                take(AgentJson.read(line, AgentAnswer.class));
            }
        } catch (IOException e) {
            process.destroy();
        } finally {
            die();
        }
    }

    private void take(AgentAnswer answer) {
        @Nullable Promise<Tally> promise;
        synchronized (this) {
            promise = pending.remove(answer.id());
        }
        if (promise == null) {
            return;
        }
        AgentJson.@Nullable TallyForm tally = answer.tally();
        if (answer.failure() != null) {
            promise.fail(answer.failure());
        } else {
            promise.complete(tally == null ? Tally.EMPTY : tally.toTally());
        }
    }

    private void die() {
        List<Promise<Tally>> orphans;
        synchronized (this) {
            isDead = true;
            orphans = List.copyOf(pending.values());
            pending.clear();
        }
        process.destroyForcibly();
        orphans.forEach(orphan -> orphan.complete(Tally.EMPTY));
    }

    private synchronized Tally withLoss(Tally tally) {
        if (!isDead || isClosing || toldLoss) {
            return tally;
        }
        toldLoss = true;
        return tally.plus(LOST);
    }
}
