package dev.weir.loadgen.evidence;

import java.util.OptionalLong;

/**
 * Follows one process from sample to sample.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ProcessMeter {
    /** Memory is read at every n-th sample only: the kernel walks the page tables for it. */
    private static final int MEMORY_EVERY = 5;

    private final long pid;
    private final long startTicks;
    private long cpuTicksBefore = -1;
    private long cpuNanosBefore;
    private int sample;
    private Sample last = new Sample(0, 0, 0, 0, Long.MAX_VALUE, 0);

    /**
     * Figures of one process.
     *
     * @param cpuShare of one processor; above 1 when several threads run
     * @param descriptors of its fullest table
     * @param descriptorLimit the effective one
     */
    record Sample(
            long pssBytes, long rssBytes, double cpuShare, long descriptors, long descriptorLimit, long threads) {}

    ProcessMeter(long pid, long startTicks) {
        this.pid = pid;
        this.startTicks = startTicks;
    }

    long pid() {
        return pid;
    }

    long startTicks() {
        return startTicks;
    }

    Sample last() {
        return last;
    }

    /** Takes a sample; figures that the kernel refuses keep their last value. */
    void update(ProcText.Stat stat, long nowNanos) {
        double cpu = cpuTicksBefore < 0 || nowNanos <= cpuNanosBefore
                ? 0
                : (stat.cpuTicks() - cpuTicksBefore)
                        * 1e9
                        / (ProcText.TICKS_PER_SECOND * (double) (nowNanos - cpuNanosBefore));
        cpuTicksBefore = stat.cpuTicks();
        cpuNanosBefore = nowNanos;
        long pss = last.pssBytes();
        long rss = last.rssBytes();
        if (sample++ % MEMORY_EVERY == 0) {
            String rollup = ProcessFiles.text(pid, "smaps_rollup").orElse("");
            pss = ProcText.kilobytes(rollup, "Pss").orElse(pss);
            rss = ProcText.kilobytes(rollup, "Rss").orElse(rss);
        }
        OptionalLong limit =
                ProcText.openFilesLimit(ProcessFiles.text(pid, "limits").orElse(""));
        last = new Sample(
                pss,
                rss,
                cpu,
                ProcessFiles.descriptors(pid).orElse(last.descriptors()),
                limit.orElse(last.descriptorLimit()),
                stat.threads());
    }
}
