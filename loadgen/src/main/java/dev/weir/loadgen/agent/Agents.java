package dev.weir.loadgen.agent;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Agents that were started together.
 *
 * @param agent all of them, used as one
 * @param pids the processes that hold the connections: this one, or the children
 */
public record Agents(Agent agent, List<Long> pids) {
    private static final long YOUNG_BYTES_PER_CONNECTION = 150;
    private static final long YOUNG_BYTES_MIN = 32L << 20;
    private static final long YOUNG_BYTES_MAX = 256L << 20;
    private static final long OLD_BYTES_PER_CONNECTION = 2_048;
    private static final long OLD_BYTES_MIN = 64L << 20;

    public Agents {
        pids = List.copyOf(pids);
    }

    /**
     * Starts agents without connections.
     *
     * @param shape how many processes, and their loops
     * @param seed what the randomness of their connections comes from
     * @throws LabException of kind ENVIRONMENT when a child cannot be started
     */
    public static Agents start(AgentShape shape, long seed) {
        return start(shape, seed, List.of());
    }

    /**
     * Starts agents without connections, in processes that start inside something.
     *
     * @param shape how many processes, and their loops
     * @param seed what the randomness of their connections comes from
     * @param prefix what the command line of each begins with; empty for nothing. What it says is of children only
     * @throws LabException of kind ENVIRONMENT when a child cannot be started
     */
    public static Agents start(AgentShape shape, long seed, List<String> prefix) {
        if (shape.children() == 0) {
            return new Agents(
                    new InProcessAgent(shape.loops(), true, seed),
                    List.of(ProcessHandle.current().pid()));
        }
        List<ChildAgent> started = new ArrayList<>();
        try {
            for (int i = 0; i < shape.children(); i++) {
                started.add(ChildAgent.start(command(prefix, shape), shape.loops(), true, seed + i));
            }
        } catch (IOException e) {
            started.forEach(ChildAgent::close);
            throw LabException.environment("an agent process must start: " + e.getMessage(), e);
        }
        return new Agents(
                new Ensemble(started), started.stream().map(ChildAgent::pid).toList());
    }

    private static List<String> command(List<String> prefix, AgentShape shape) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(java(shape));
        return command;
    }

    /**
     * How a child is run. Its heap is many small objects that live as long as their connection. It begins at what they will take, none of which
     * is touched before it is needed, and the young generation is large enough for what dies at once to die there: what a collector of 7 MB
     * promoted by mistake took 3 GB at 700,000 connections.
     */
    private static List<String> java(AgentShape shape) {
        long connections = shape.connectionsEach();
        long youngBytes = Math.clamp(connections * YOUNG_BYTES_PER_CONNECTION, YOUNG_BYTES_MIN, YOUNG_BYTES_MAX);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmn" + youngBytes,
                "-XX:SurvivorRatio=2",
                "-XX:TargetSurvivorRatio=90",
                "-Xms" + (youngBytes + connections * OLD_BYTES_PER_CONNECTION + OLD_BYTES_MIN),
                "-XX:MaxRAMPercentage=50",
                "-XX:MetaspaceSize=96m",
                "-XX:SweeperThreshold=100",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Dio.netty.leakDetection.level=disabled",
                "-Dio.netty.allocator.type=pooled",
                "-Dio.netty.allocator.numDirectArenas=2",
                "-Dio.netty.allocator.numHeapArenas=1",
                "-Dio.netty.allocator.maxOrder=5",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"));
    }
}
