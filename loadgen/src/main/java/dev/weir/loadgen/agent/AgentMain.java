package dev.weir.loadgen.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * An agent as a process: orders come as lines on standard input, answers go as lines to standard output. When the input ends, because its parent is
 * gone, it ends.
 *
 * <p>Arguments: event loops, {@code tables} for a descriptor table each or {@code shared}, seed, how far this host's clock is ahead of
 * the publisher's in nanoseconds.
 */
public final class AgentMain {
    private AgentMain() {}

    /** Runs until the input ends. */
    public static void main(String[] arguments) throws IOException {
        LoopShape loops = new LoopShape(Integer.parseInt(arguments[0]), arguments[1].equals("tables"));
        serve(new InProcessAgent(loops, true, Long.parseLong(arguments[2]), Long.parseLong(arguments[3])));
    }

    /** Lets an agent obey until the input ends, and ends this process. */
    static void serve(Agent agent) throws IOException {
        PrintStream answers = System.out;
        // Whatever else prints, a log for one, must not get between the answers.
        System.setOut(System.err);
        new OrderDesk(agent, answers)
                .serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        Runtime.getRuntime().halt(0);
    }
}
