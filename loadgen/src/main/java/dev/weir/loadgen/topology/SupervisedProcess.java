package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of the chain. It ends when told, and when this process ends, however that happens: its supervisor reads a pipe from here.
 *
 * <p><b>Threading:</b> any thread. It runs in a session of its own, so that Ctrl-C reaches Weir alone, which then stops the chain in order.
 */
final class SupervisedProcess {
    private static final String SETTING_PREFIX = "WEIR_";
    private static final long KILL_SECONDS = 5;
    private static final String SUPERVISOR = Script.read("supervise.sh");

    private final String name;
    private final Process supervisor;
    private final Path output;

    private SupervisedProcess(String name, Process supervisor, Path output) {
        this.name = name;
        this.supervisor = supervisor;
        this.output = output;
    }

    /**
     * Starts a command.
     *
     * @param name what it is called in messages, e.g. {@code edge}
     * @param command program and arguments
     * @param output file that takes its standard output and error
     */
    static SupervisedProcess start(String name, List<String> command, Path output) {
        return start(name, command, Map.of(), output);
    }

    /**
     * Starts a command.
     *
     * @param name what it is called in messages, e.g. {@code edge}
     * @param command program and arguments, which every user of the machine may see
     * @param own variables over this process's own, which other users may not see
     * @param output file that takes its standard output and error
     */
    static SupervisedProcess start(String name, List<String> command, Map<String, String> own, Path output) {
        List<String> line = new ArrayList<>(List.of("setsid", "sh", "-c", SUPERVISOR, "supervise"));
        line.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        settle(builder.environment(), own);
        try {
            return new SupervisedProcess(name, builder.start(), output);
        } catch (IOException e) {
            // What is started here is setsid; a command that is missing is said by the shell, in the output.
            throw LabException.environment(
                    "setsid must be on the PATH to start %s: %s; install util-linux".formatted(name, e.getMessage()),
                    e);
        }
    }

    /** Settings of the user's own gateway are not those of a chain that a run describes. */
    static void settle(Map<String, String> environment, Map<String, String> own) {
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.keySet().removeIf(variable -> variable.startsWith(SETTING_PREFIX));
        environment.putAll(own);
    }

    String name() {
        return name;
    }

    boolean alive() {
        return supervisor.isAlive();
    }

    /** The last lines that it printed. */
    String lastOutput() {
        try {
            List<String> lines =
                    Files.readString(output, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Exit code, once it has ended. */
    int exitCode() {
        return supervisor.exitValue();
    }

    /** Asks it to end. */
    void terminate() {
        supervisor.destroy();
    }

    /** Waits until it has ended; kills it when the grace is over. */
    void awaitEnd(Duration grace) {
        try {
            if (!supervisor.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        List<ProcessHandle> family = new ArrayList<>(supervisor.descendants().toList());
        family.add(supervisor.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle member : family) {
            // Never interrupted and never long: a killed process is gone as soon as the kernel comes to it.
            member.onExit()
                    .completeOnTimeout(member, KILL_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }
}
