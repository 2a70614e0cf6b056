package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a small tool that prints a little and ends. */
final class ShortCommand {
    /** <b>Bounds:</b> what is kept of its output. */
    static final int BYTES_MAX = 2 << 20;

    private static final long DEADLINE_MILLIS = 2_000;

    private ShortCommand() {}

    /**
     * What it printed.
     *
     * @param enter command that enters another namespace, empty for none
     * @throws IOException when it is not there, does not end in time or ends with an error; the message says which
     */
    static String output(List<String> enter, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(enter);
        whole.addAll(command);
        Process process = start(whole);
        Thread watchdog = Thread.ofVirtual().start(() -> endAfterDeadline(process));
        try {
            byte[] text = process.getInputStream().readNBytes(BYTES_MAX);
            int exitValue = process.onExit().join().exitValue();
            if (exitValue != 0) {
                throw new IOException(
                        String.join(" ", command) + " ended with exit code " + exitValue + words(process));
            }
            return new String(text, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
            watchdog.interrupt();
        }
    }

    private static String words(Process process) throws IOException {
        String words = new String(process.getErrorStream().readNBytes(BYTES_MAX), StandardCharsets.UTF_8).strip();
        return words.isEmpty() ? "" : ": " + words.lines().findFirst().orElse("");
    }

    private static Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException cannotStart) {
            throw new IOException(command.getFirst() + " not found", cannotStart);
        }
    }

    private static void endAfterDeadline(Process process) {
        try {
            if (!process.waitFor(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException finished) {
            Thread.currentThread().interrupt();
        }
    }
}
