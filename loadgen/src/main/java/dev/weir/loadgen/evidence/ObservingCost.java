package dev.weir.loadgen.evidence;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What observing itself costs: processor time of the collector's threads and of the tools that they ran.
 *
 * <p>The tools' time is that of all children of this process that ended meanwhile, so it is an upper bound where others end too. It leaves out
 * what the kernel does for the sake of {@code tcpdump}.
 *
 * <p><b>Threading:</b> any thread.
 */
final class ObservingCost {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CHILDREN_USER_INDEX = 13;
    private static final int CHILDREN_SYSTEM_INDEX = 14;

    private final int processors;
    private final long startNanos = System.nanoTime();
    private final long childTicksAtStart = childTicks();
    private final Map<Long, Long> nanosByThread = new ConcurrentHashMap<>();

    ObservingCost(int processors) {
        this.processors = processors;
    }

    /** Notes what the calling thread has spent since it began; called after each piece of work. */
    void noteThisThread() {
        if (THREADS.isCurrentThreadCpuTimeSupported()) {
            nanosByThread.put(Thread.currentThread().threadId(), THREADS.getCurrentThreadCpuTime());
        }
    }

    /** The cost until now. */
    List<Reading> readings() {
        double threadSeconds = sum(nanosByThread.values()) / 1e9;
        double toolSeconds = (double) (childTicks() - childTicksAtStart) / ProcText.TICKS_PER_SECOND;
        double elapsed = Math.max(1e-9, (System.nanoTime() - startNanos) / 1e9);
        double share = (threadSeconds + toolSeconds) / (elapsed * processors);
        return List.of(
                reading("cpu.share", "share", share),
                reading("cpu.threads", "ms", threadSeconds * 1_000),
                reading("cpu.tools", "ms", toolSeconds * 1_000));
    }

    private static Reading reading(String key, String unit, double value) {
        return new Reading(EvidenceCollector.HOST, "observer", key, unit, value);
    }

    private static double sum(Collection<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).sum();
    }

    /** Fields {@code cutime} and {@code cstime}. */
    private static long childTicks() {
        Optional<String> text = ProcessFiles.text(ProcessHandle.current().pid(), "stat");
        return text.map(line ->
                        line.substring(line.lastIndexOf(')') + 1).strip().split("\\s+", -1))
                .map(fields ->
                        Long.parseLong(fields[CHILDREN_USER_INDEX]) + Long.parseLong(fields[CHILDREN_SYSTEM_INDEX]))
                .orElse(0L);
    }
}
