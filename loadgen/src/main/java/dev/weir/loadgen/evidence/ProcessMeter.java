package dev.weir.loadgen.evidence;

import java.util.OptionalLong;

/**
 * Follows one process from sample to sample.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ProcessMeter {
    /** Memory, for which the kernel walks the page tables, the limit and every thread's own descriptor table are read at every n-th sample only. */
    private static final int CLOSER_EVERY = 5;

    /** A thread with this much of a processor has no more to give. */
    private static final double BUSY_SHARE_MIN = 0.9;

    /** All threads together have less than this: none of them is near its limit, and sixty files need not be read to know it. */
    private static final double THREADS_SHARE_MIN = 0.3;

    private final long pid;
    private final long startTicks;
    private long cpuTicksBefore = -1;
    private long cpuNanosBefore;
    private final ThreadMeter threads = new ThreadMeter();
    private int sample;
    private boolean hasOwnTables;
    private long busySinceNanos = -1;
    private long busyNanosMax;
    private Sample last = new Sample(0, 0, 0, 0, 0, Long.MAX_VALUE, 0);

    /**
     * Figures of one process.
     *
     * @param cpuShare of one processor; above 1 when several threads run
     * @param threadShare of one processor, of the busiest thread; where all together have little, what they have
     * @param descriptors of its fullest table
     * @param descriptorLimit the effective one
     */
    record Sample(
            long pssBytes,
            long rssBytes,
            double cpuShare,
            double threadShare,
            long descriptors,
            long descriptorLimit,
            long threads) {}

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

    /** The longest time without a pause for which the busiest thread had a processor nearly to itself. */
    long busyMillisMax() {
        return busyNanosMax / 1_000_000;
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
        double thread = stat.threads() > 1 && cpu >= THREADS_SHARE_MIN
                ? threads.busiest(pid, nowNanos).orElse(Math.min(1, cpu))
                : threads.none(cpu);
        noteBusy(thread, nowNanos);
        long pss = last.pssBytes();
        long limit = last.descriptorLimit();
        boolean closer = sample++ % CLOSER_EVERY == 0;
        if (closer) {
            String rollup = ProcessFiles.text(pid, "smaps_rollup").orElse("");
            pss = ProcText.kilobytes(rollup, "Pss").orElse(pss);
            limit = ProcText.openFilesLimit(ProcessFiles.text(pid, "limits").orElse(""))
                    .orElse(limit);
        }
        last = new Sample(
                pss,
                stat.residentBytes(),
                cpu,
                thread,
                descriptors(closer).orElse(last.descriptors()),
                limit,
                stat.threads());
    }

    /** Threads with tables of their own are asked each time, once one was seen to have more than the process. */
    private OptionalLong descriptors(boolean closer) {
        OptionalLong main = ProcessFiles.mainDescriptors(pid);
        if (!closer && !hasOwnTables) {
            return main;
        }
        OptionalLong fullest = ProcessFiles.descriptors(pid);
        hasOwnTables = fullest.orElse(0) > main.orElse(0);
        return fullest;
    }

    private void noteBusy(double share, long nowNanos) {
        if (share < BUSY_SHARE_MIN) {
            busySinceNanos = -1;
        } else if (busySinceNanos < 0) {
            busySinceNanos = nowNanos;
        } else {
            busyNanosMax = Math.max(busyNanosMax, nowNanos - busySinceNanos);
        }
    }
}
