package dev.weir.loadgen.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent in a child process.
 *
 * <p><b>Threading:</b> any thread. <b>Bounds:</b> one line an order.
 */
public final class ChildAgent extends LineAgent {
    private final Process process;

    private ChildAgent(Process process) {
        super(process.outputWriter(), process::destroyForcibly);
        this.process = process;
    }

    /**
     * Starts a child.
     *
     * @param java how to run Java with a class path, up to and without the main class
     * @param loops its event loops
     * @param seed what the randomness of its connections comes from
     * @param aheadNanos how far this host's clock is ahead of that of whoever publishes
     * @throws IOException when it cannot be started
     */
    public static ChildAgent start(List<String> java, LoopShape loops, long seed, long aheadNanos) throws IOException {
        return start(
                java,
                AgentMain.class,
                Integer.toString(loops.count()),
                loops.ownTables() ? "tables" : "shared",
                Long.toString(seed),
                Long.toString(aheadNanos));
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
        Process process = builder.start();
        ChildAgent agent = new ChildAgent(process);
        Thread.ofVirtual().name("agent-answers").start(() -> agent.readAnswers(process.inputReader()));
        return agent;
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }
}
