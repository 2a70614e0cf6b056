package dev.weir.loadgen.agent;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the agents of a load in the form that their number asks for. */
public final class Agents {
    private Agents() {}

    /**
     * Agents without connections.
     *
     * @param children child processes; 0 loads from this one
     * @param seed what the randomness of their connections comes from
     * @throws LabException of kind ENVIRONMENT when a child cannot be started
     */
    public static Agent start(int children, long seed) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (children == 0) {
            return new InProcessAgent(processors, true, seed);
        }
        List<Agent> started = new ArrayList<>();
        try {
            for (int i = 0; i < children; i++) {
                started.add(ChildAgent.start(java(), Math.max(1, processors / children), true, seed + i));
            }
        } catch (IOException e) {
            started.forEach(Agent::close);
            throw LabException.environment("an agent process must start: " + e.getMessage(), e);
        }
        return new Ensemble(started);
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dio.netty.leakDetection.level=disabled",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"));
    }
}
