package dev.weir.loadgen.agent;

import java.io.IOException;

/** A {@link ThreadAgent} as a process, led as {@link AgentMain} is. Argument: bytes of a thread's stack. */
public final class ThreadAgentMain {
    private ThreadAgentMain() {}

    /** Runs until the input ends. */
    public static void main(String[] arguments) throws IOException {
        AgentMain.serve(new ThreadAgent(Long.parseLong(arguments[0])));
    }
}
