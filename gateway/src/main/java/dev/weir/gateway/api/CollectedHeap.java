package dev.weir.gateway.api;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the last collection left in the heap: after a full one what is live, after a young one also the garbage among what is old.
 *
 * <p><b>Source:</b> {@code GcInfo.getMemoryUsageAfterGc}. A pool's own collection usage, which Micrometer shows, stays 0 for the old generation until it is
 * collected for the first time.
 *
 * <p><b>Threading:</b> any thread.
 */
final class CollectedHeap {
    private static final Set<String> POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    private CollectedHeap() {}

    /** Bytes in use after the last collection of either kind; empty before the first. */
    static OptionalLong bytes() {
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(CollectedHeap::used)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static long used(GcInfo collection) {
        return collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> POOLS.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }
}
