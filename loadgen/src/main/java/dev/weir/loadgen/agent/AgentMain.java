package dev.weir.loadgen.agent;

import dev.weir.loadgen.measure.Tally;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An agent as a process: orders come as lines on standard input, answers go as lines to standard output. When the input ends, because its parent is
 * gone, it ends.
 *
 * <p>Arguments: event loops, {@code tables} for a descriptor table each or {@code shared}, {@code native} or {@code nio}, seed.
 */
public final class AgentMain {
    private final Agent agent;
    private final PrintStream answers;

    private AgentMain(Agent agent, PrintStream answers) {
        this.agent = agent;
        this.answers = answers;
    }

    /** Runs until the input ends. */
    public static void main(String[] arguments) throws IOException {
        LoopShape loops = new LoopShape(Integer.parseInt(arguments[0]), arguments[1].equals("tables"));
        serve(new InProcessAgent(loops, arguments[2].equals("native"), Long.parseLong(arguments[3])));
    }

    /** Lets an agent obey until the input ends, and ends this process. */
    static void serve(Agent agent) throws IOException {
        PrintStream answers = System.out;
        // Whatever else prints, a log for one, must not get between the answers.
        System.setOut(System.err);
        AgentMain main = new AgentMain(agent, answers);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (@Nullable String line = orders.readLine(); line != null; line = orders.readLine()) {
            main.obey(AgentJson.read(line, AgentOrder.class));
        }
        Runtime.getRuntime().halt(0);
    }

    private void obey(AgentOrder order) {
        perform(order).onComplete(done -> {
            Tally tally = done.result();
            @Nullable String failure = done.failed() ? String.valueOf(done.cause()) : null;
            say(new AgentAnswer(order.id(), failure, tally == null ? null : AgentJson.TallyForm.of(tally)));
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
            case CLOSE -> agent.close().mapEmpty();
        };
    }

    private synchronized void say(AgentAnswer answer) {
        answers.println(AgentJson.write(answer));
        answers.flush();
    }
}
