package dev.weir.loadgen.evidence;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What observing itself costs: processor time of the collector's threads, by probe, and of the tools that they ran.
 *
 * <p>A tool's time is that of all children of this process that ended while a probe was read that uses some, so it is an upper bound where others end at that moment. It leaves out
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
    private final Map<String, Long> nanosByProbe = new ConcurrentHashMap<>();
    private long toolTicks;
    private long toolTicksFrom;
    private int underWay;

    ObservingCost(int processors) {
        this.processors = processors;
    }

    /** A piece of work that has begun on the calling thread. */
    Work begin(Probe probe) {
        boolean usesTools = probe.usesTools();
        if (usesTools) {
            openWindow();
        }
        return new Work(probe.name(), usesTools, threadNanos());
    }

    /** Pieces of work overlap, and what ends meanwhile counts once. */
    private synchronized void openWindow() {
        if (underWay++ == 0) {
            toolTicksFrom = childTicks();
        }
    }

    private synchronized void closeWindow() {
        long now = childTicks();
        toolTicks += now - toolTicksFrom;
        toolTicksFrom = now;
        underWay--;
    }

    private synchronized double toolSeconds() {
        return (double) toolTicks / ProcText.TICKS_PER_SECOND;
    }

    /** One read of one probe, from its begin to its end on one thread. */
    final class Work {
        private final String probe;
        private final boolean usesTools;
        private final long nanosAtStart;

        private Work(String probe, boolean usesTools, long nanosAtStart) {
            this.probe = probe;
            this.usesTools = usesTools;
            this.nanosAtStart = nanosAtStart;
        }

        /** Ends it and gives the processor time of the calling thread that it took, in nanoseconds. */
        long end() {
            long nanos = threadNanos() - nanosAtStart;
            nanosByProbe.merge(probe, nanos, Long::sum);
            if (usesTools) {
                closeWindow();
            }
            return nanos;
        }
    }

    private static long threadNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    /** The cost until now. */
    List<Reading> readings() {
        double threadSeconds =
                nanosByProbe.values().stream().mapToLong(Long::longValue).sum() / 1e9;
        double toolSeconds = toolSeconds();
        double elapsed = Math.max(1e-9, (System.nanoTime() - startNanos) / 1e9);
        double share = (threadSeconds + toolSeconds) / (elapsed * processors);
        List<Reading> readings = new ArrayList<>(List.of(
                reading("cpu.share", "share", share),
                reading("cpu.threads", "ms", threadSeconds * 1_000),
                reading("cpu.tools", "ms", toolSeconds * 1_000)));
        nanosByProbe.forEach(
                (probe, nanos) -> readings.add(reading("cpu.probe{probe=" + probe + "}", "ms", nanos / 1e6)));
        return readings;
    }

    private static Reading reading(String key, String unit, double value) {
        return new Reading(EvidenceCollector.HOST, "observer", key, unit, value);
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
