import java.util.List;

/**
 * A server under measurement. One that this program has started is gone after {@link #close}, and at the latest when this JVM
 * ends.
 *
 * @param pids its processes
 * @param probeFlags how the probe speaks to it: ports, path, first frame, publishing
 * @param stop ends it
 */
record Server(Identity identity, List<Long> pids, List<String> probeFlags, Runnable stop) implements AutoCloseable {
    enum Kind {
        FLOOR,
        GATEWAY,
        OTHER
    }

    /**
     * As the result names it.
     *
     * @param transport how its event loops reach the kernel; empty when that is not known
     */
    record Identity(String name, Kind kind, String transport) {}

    /** CPU time so far in milliseconds; its resolution is 10 ms, enough to see whether the processes rest. */
    long cpuMillis() {
        return pids.stream().mapToLong(this::cpuMillis).sum();
    }

    private long cpuMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new BenchException(BenchException.ENVIRONMENT, identity.name() + " ended while it was measured: pid=" + pid))
                .toMillis();
    }

    @Override
    public void close() {
        stop.run();
    }
}
