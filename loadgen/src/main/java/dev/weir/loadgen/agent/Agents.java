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
    private static final List<String> JAVA = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:MetaspaceSize=96m",
            "-XX:SweeperThreshold=100",
            "-Xss512k",
            // Warnings of the virtual machine must not get between the answers on standard output.
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-XX:-UsePerfData",
            "-Dio.netty.leakDetection.level=disabled",
            "-Dio.netty.allocator.type=pooled",
            "-Dio.netty.allocator.numDirectArenas=2",
            "-Dio.netty.allocator.numHeapArenas=1",
            "-Dio.netty.allocator.maxOrder=5",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    public Agents {
        pids = List.copyOf(pids);
    }

    /**
     * The agents of the first so many processes, which know nothing of the others.
     *
     * @param processes 1 to as many as there are
     * @throws IllegalArgumentException when there are not so many
     */
    public Agents first(int processes) {
        if (processes < 1 || processes > pids.size() || !(agent instanceof Ensemble ensemble)) {
            throw new IllegalArgumentException(
                    "processes must be 1 to " + pids.size() + " of several: processes=" + processes);
        }
        return new Agents(ensemble.first(processes), pids.subList(0, processes));
    }

    /**
     * Starts agents without connections.
     *
     * @param shape how many processes, and their loops
     * @param seed what the randomness of their connections comes from
     * @throws LabException of kind ENVIRONMENT when a child cannot be started
     */
    public static Agents start(AgentShape shape, long seed) {
        return start(shape, seed, List.of(), 0);
    }

    /**
     * Starts agents without connections, for a publisher on another host.
     *
     * @param shape how many processes, and their loops
     * @param seed what the randomness of their connections comes from
     * @param aheadNanos how far this host's clock is ahead of the publisher's
     * @throws LabException of kind ENVIRONMENT when a child cannot be started
     */
    static Agents start(AgentShape shape, long seed, long aheadNanos) {
        return start(shape, seed, List.of(), 0, aheadNanos);
    }

    /**
     * Starts agents without connections, in processes that start inside something.
     *
     * @param shape how many processes, and their loops
     * @param seed what the randomness of their connections comes from
     * @param prefix what the command line of each begins with; empty for nothing. What it says is of children only
     * @param heapBytes heap of each child, all of it taken at start; 0 for what its connections need
     * @throws LabException of kind ENVIRONMENT when a child cannot be started
     */
    public static Agents start(AgentShape shape, long seed, List<String> prefix, long heapBytes) {
        return start(shape, seed, prefix, heapBytes, 0);
    }

    private static Agents start(AgentShape shape, long seed, List<String> prefix, long heapBytes, long aheadNanos) {
        if (shape.children() == 0) {
            return new Agents(
                    new InProcessAgent(shape.loops(), true, seed, aheadNanos),
                    List.of(ProcessHandle.current().pid()));
        }
        List<String> heap = heapBytes == 0 ? heap(shape.connectionsEach()) : fixedHeap(heapBytes);
        List<ChildAgent> started = new ArrayList<>();
        try {
            for (int i = 0; i < shape.children(); i++) {
                started.add(ChildAgent.start(command(prefix, heap), shape.loops(), seed + i, aheadNanos));
            }
        } catch (IOException e) {
            started.forEach(ChildAgent::close);
            throw LabException.environment("an agent process must start: " + e.getMessage(), e);
        }
        return new Agents(
                new Ensemble(started), started.stream().map(ChildAgent::pid).toList());
    }

    /**
     * Starts one agent with a platform thread for each of its connections.
     *
     * @param heapBytes its heap, all of it taken at start
     * @param stackBytes address space of each thread's stack
     * @param prefix what its command line begins with; empty for nothing
     * @throws LabException of kind ENVIRONMENT when it cannot be started
     */
    public static Agents startThreads(long heapBytes, long stackBytes, List<String> prefix) {
        try {
            ChildAgent child = ChildAgent.startThreads(command(prefix, fixedHeap(heapBytes)), stackBytes);
            return new Agents(child, List.of(child.pid()));
        } catch (IOException e) {
            throw LabException.environment("an agent process must start: " + e.getMessage(), e);
        }
    }

    private static List<String> command(List<String> prefix, List<String> heap) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA);
        command.addAll(heap);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private static List<String> fixedHeap(long bytes) {
        return List.of("-Xms" + bytes, "-Xmx" + bytes);
    }

    /**
     * The heap of a child. It is many small objects that live as long as their connection. It begins at what they will take, none of which
     * is touched before it is needed, and the young generation is large enough for what dies at once to die there: what a collector of 7 MB
     * promoted by mistake took 3 GB at 700,000 connections.
     */
    private static List<String> heap(long connections) {
        long youngBytes = Math.clamp(connections * YOUNG_BYTES_PER_CONNECTION, YOUNG_BYTES_MIN, YOUNG_BYTES_MAX);
        return List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmn" + youngBytes,
                "-XX:SurvivorRatio=2",
                "-XX:TargetSurvivorRatio=90",
                "-Xms" + (youngBytes + connections * OLD_BYTES_PER_CONNECTION + OLD_BYTES_MIN),
                "-XX:MaxRAMPercentage=50");
    }
}
