package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How busy the busiest thread of a process is: one event loop at its limit does not show in the sum over a process that has many threads.
 *
 * <p><b>Threading:</b> one thread at a time. <b>Bounds:</b> processes of more than {@link #THREADS_MAX} threads are left out.
 */
final class ThreadMeter {
    static final int THREADS_MAX = 96;

    private Map<String, Long> ticksBefore = Map.of();
    private long nanosBefore;
    private double known;

    /**
     * Compares with the last call.
     *
     * @return share of one processor, at a first call the last that was known; empty where threads cannot be read
     */
    OptionalDouble busiest(long pid, long nowNanos) {
        Map<String, Long> ticks = read(pid);
        Map<String, Long> before = ticksBefore;
        double seconds = (nowNanos - nanosBefore) / 1e9;
        ticksBefore = ticks;
        nanosBefore = nowNanos;
        if (ticks.isEmpty() || seconds <= 0) {
            return OptionalDouble.empty();
        }
        if (before.isEmpty()) {
            return OptionalDouble.of(known);
        }
        OptionalDouble busiest = ticks.entrySet().stream()
                .filter(thread -> before.containsKey(thread.getKey()))
                .mapToDouble(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), thread.getValue()))
                .map(spent -> spent / ProcText.TICKS_PER_SECOND / seconds)
                .max();
        known = busiest.orElse(known);
        return busiest;
    }

    /** Passes the process's own share through and forgets: what comes next is not to be compared with what was long ago. */
    double none(double cpuShare) {
        ticksBefore = Map.of();
        known = Math.min(1, cpuShare);
        return known;
    }

    private static Map<String, Long> read(long pid) {
        Map<String, Long> ticks = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                if (ticks.size() >= THREADS_MAX) {
                    return Map.of();
                }
                cpuTicks(thread).ifPresent(spent -> ticks.put(thread.toString(), spent));
            }
        } catch (IOException goneOrForbidden) {
            return Map.of();
        }
        return ticks;
    }

    private static Optional<Long> cpuTicks(Path thread) {
        try {
            return ProcText.stat(SmallFile.text(thread.resolve("stat"))).map(ProcText.Stat::cpuTicks);
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
