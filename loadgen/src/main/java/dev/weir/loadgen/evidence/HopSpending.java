package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.HopCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the processes of each hop have spent since they began; the difference of two readings is the cost of what happened in between.
 *
 * <p>A hop whose process cannot be read is left out: what was not read costs nothing that anybody may add up.
 *
 * <p><b>Threading:</b> immutable; reading opens a few small files per process. <b>Bounds:</b> CPU time comes in steps of 10 ms a process.
 *
 * @param atNanos when it was read, {@code System.nanoTime}
 * @param hops by name
 */
public record HopSpending(long atNanos, Map<String, Spent> hops) {
    public HopSpending {
        hops = Map.copyOf(hops);
    }

    /**
     * What one hop has spent.
     *
     * @param cpuTicks user and system time of all its processes
     * @param rssBytes resident memory of all, pages that they share counted in each
     */
    record Spent(long cpuTicks, long rssBytes) {
        Spent plus(Spent other) {
            return new Spent(cpuTicks + other.cpuTicks, rssBytes + other.rssBytes);
        }
    }

    /** Reads the hops of a chain; of a proxy the master and its workers together. */
    public static HopSpending read(List<HopTarget> targets) {
        Map<String, Spent> spent = new LinkedHashMap<>();
        for (HopTarget target : targets) {
            List<Long> processes = new ArrayList<>(List.of(target.pid()));
            if (target.kind() == HopKind.NGINX || target.kind() == HopKind.HAPROXY) {
                processes.addAll(ProcessFiles.children(target.pid()));
            }
            for (long process : processes) {
                ProcessFiles.stat(process)
                        .map(stat -> new Spent(stat.cpuTicks(), rss(process)))
                        .ifPresent(one -> spent.merge(target.name(), one, Spent::plus));
            }
        }
        return new HopSpending(System.nanoTime(), spent);
    }

    private static long rss(long process) {
        return ProcText.kilobytes(ProcessFiles.text(process, "status").orElse(""), "VmRSS")
                .orElse(0);
    }

    /** What it cost since an earlier reading, in the order of the chain. */
    public List<HopCost> since(HopSpending earlier, List<HopTarget> order) {
        List<HopCost> costs = new ArrayList<>();
        for (HopTarget target : order) {
            Spent now = hops.get(target.name());
            Spent before = earlier.hops.get(target.name());
            if (now != null && before != null) {
                double cpuSeconds = (double) (now.cpuTicks() - before.cpuTicks()) / ProcText.TICKS_PER_SECOND;
                costs.add(new HopCost(
                        target.name(),
                        cpuSeconds,
                        cpuSeconds * 1e9 / Math.max(1, atNanos - earlier.atNanos),
                        now.rssBytes(),
                        now.rssBytes() - before.rssBytes()));
            }
        }
        return List.copyOf(costs);
    }
}
