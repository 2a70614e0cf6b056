package dev.weir.loadgen.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program of the system that ends by itself within moments.
 *
 * <p><b>Threading:</b> any thread; blocks until the program has ended.
 */
final class Command {
    private Command() {}

    /**
     * Runs it.
     *
     * @return the lines that it printed
     * @throws IOException with its words when it cannot be started or does not end with 0
     */
    static List<String> run(String... command) throws IOException {
        return run(List.of(command));
    }

    /** Runs it, as {@link #run(String...)} does. */
    static List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + ": " + (words.isEmpty() ? "exit code " + code : words));
        }
        return words.lines().toList();
    }

    /** Runs it and says whether it ended with 0. */
    static boolean tryRun(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().join().exitValue() == 0;
    }
}
