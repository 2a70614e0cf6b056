import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server under measurement: a child process that is gone after {@link #close}, and at the latest when this JVM ends.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Server implements AutoCloseable {
    private static final int STOP_SECONDS_MAX = 10;

    private final String name;
    private final Process process;
    private final List<String> probeFlags;
    private final Thread hook;

    /**
     * @param probeFlags how the probe speaks to this server: ports, path, first frame, publishing
     */
    Server(String name, Process process, List<String> probeFlags) {
        this.name = name;
        this.process = process;
        this.probeFlags = List.copyOf(probeFlags);
        this.hook = Children.killAtExit(process);
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    List<String> probeFlags() {
        return probeFlags;
    }

    /** CPU time so far in milliseconds; its resolution is 10 ms, enough to see whether the process rests. */
    long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow(() -> gone()).toMillis();
    }

    private BenchException gone() {
        return new BenchException(BenchException.ENVIRONMENT, name + " ended while it was measured");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.getInputStream().close();
            process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Children.forget(hook);
    }
}
