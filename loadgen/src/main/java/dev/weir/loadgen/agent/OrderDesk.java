package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Tally;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets an agent obey what comes as lines, and answers in lines ({@link LineAgent} is the other end).
 *
 * <p><b>Threading:</b> {@link #serve} blocks its thread; answers are written by any. <b>Bounds:</b> one line at a time.
 */
final class OrderDesk {
    private final Agent agent;
    private final PrintStream answers;

    OrderDesk(Agent agent, PrintStream answers) {
        this.agent = agent;
        this.answers = answers;
    }

    /**
     * Obeys until the orders end.
     *
     * @throws IOException when the line breaks, or carries something else
     */
    void serve(BufferedReader orders) throws IOException {
        for (@Nullable String line = orders.readLine(); line != null; line = orders.readLine()) {
            obey(AgentJson.read(line, AgentOrder.class));
        }
    }

    private void obey(AgentOrder order) {
        perform(order).onComplete(done -> {
            Tally tally = done.result();
            @Nullable String failure = done.failed() ? String.valueOf(done.cause()) : null;
            say(new AgentAnswer(
                    order.id(), failure, tally == null ? null : AgentJson.TallyForm.of(tally), System.nanoTime()));
        });
    }

    private Future<@Nullable Tally> perform(AgentOrder order) {
        return switch (order.order()) {
            case OPEN -> agent.open(Objects.requireNonNull(order.plan())).mapEmpty();
            case READ -> agent.read(Objects.requireNonNull(order.read())).mapEmpty();
            case LEAVE -> agent.leave(Objects.requireNonNull(order.leave())).mapEmpty();
            case TRAFFIC ->
                agent.carryOut(Objects.requireNonNull(order.traffic())).mapEmpty();
            case TALLY -> agent.tally().map(tally -> tally);
            case SETTLE ->
                agent.settle(Objects.requireNonNullElse(order.sent(), Map.of()), order.waitMillis())
                        .mapEmpty();
            case TIME -> Future.succeededFuture();
            case CLOSE -> agent.close().mapEmpty();
        };
    }

    private synchronized void say(AgentAnswer answer) {
        answers.println(AgentJson.write(answer));
        answers.flush();
    }
}
