import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One run of the neutral client against one server.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Probe implements AutoCloseable {
    private static final int STOP_SECONDS_MAX = 30;

    private final String server;
    private final Process process;
    private final Thread hook;
    private boolean hasResult;

    private Probe(String server, Process process) {
        this.server = server;
        this.process = process;
        this.hook = Children.killAtExit(process);
    }

    /** A run from its beginning to its result. */
    static Result run(Setup setup, Server server, List<String> flags) throws IOException {
        try (Probe probe = start(setup, server, setup.options().connections(), flags)) {
            return probe.await();
        }
    }

    /**
     * Begins a run. With {@code --stay} among the flags its connections stay until {@link #close}.
     *
     * @param connections to this server; 0 only reads what its processes cost
     */
    static Probe start(Setup setup, Server server, int connections, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(setup.binaries().resolve("probe").toString()));
        command.addAll(server.probeFlags());
        command.addAll(List.of("--connections", Integer.toString(connections)));
        command.addAll(List.of("--pids", server.pids().stream().map(String::valueOf).collect(Collectors.joining(","))));
        command.addAll(flags);
        return new Probe(
                server.identity().name(), new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /**
     * Waits until the client has printed its result.
     *
     * @throws BenchException when a subscriber did not come in, or a message did not arrive
     */
    Result await() throws IOException {
        Result result = new Result(String.valueOf(process.inputReader().readLine()));
        hasResult = true;
        if (!result.isComplete()) {
            String why = result.line().equals("null") ? "the probe ended early, for the reason above" : result.line();
            throw new BenchException(BenchException.ENVIRONMENT, "a run against the " + server + " is not complete: " + why);
        }
        return result;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!hasResult || !process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
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
