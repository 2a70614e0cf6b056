import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the neutral client against one server.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Probe implements AutoCloseable {
    /** Half the port range serves each pair of source and destination, so this is room for four times what one process may open. */
    private static final int SOURCES = 8;

    private static final int STOP_SECONDS_MAX = 30;

    private final Process process;
    private final Thread hook;
    private final String result;

    private Probe(Process process, Thread hook, String result) {
        this.process = process;
        this.hook = hook;
        this.result = result;
    }

    /**
     * Runs until the client has printed its result. With {@code --stay} among the flags its connections then stay until
     * {@link #close}.
     *
     * @throws BenchException when a subscriber did not come in, or a message did not arrive
     */
    static Probe run(Setup setup, Server server, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(setup.binaries().resolve("probe").toString()));
        command.addAll(server.probeFlags());
        command.addAll(List.of("--connections", Integer.toString(setup.options().connections())));
        command.addAll(List.of("--sources", Integer.toString(SOURCES), "--pids", Long.toString(server.pid())));
        command.addAll(flags);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread hook = Children.killAtExit(process);
        BufferedReader output = process.inputReader();
        Probe probe = new Probe(process, hook, String.valueOf(output.readLine()));
        probe.requireComplete(server.name());
        return probe;
    }

    private void requireComplete(String server) {
        boolean complete = result.startsWith("{")
                && number("failed") == 0
                && number("lost") == 0
                && number("deliveries") == number("deliveries_expected");
        if (!complete) {
            close();
            throw new BenchException(BenchException.ENVIRONMENT, "a run against the " + server + " is not complete: " + result);
        }
    }

    /** A figure of the result by its name. */
    double number(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(result);
        if (!matcher.find()) {
            throw new IllegalStateException("the probe's result must hold " + name + ": " + result);
        }
        return Double.parseDouble(matcher.group(1));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            process.getInputStream().close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Children.forget(hook);
    }
}
