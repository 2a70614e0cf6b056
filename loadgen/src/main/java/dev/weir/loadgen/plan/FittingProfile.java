package dev.weir.loadgen.plan;

import dev.weir.proxy.capacity.WorkerBudget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Settings of the proxies that carry a plan, over profile {@code tuned}. */
public final class FittingProfile {
    private FittingProfile() {}

    /**
     * Settings by hop and name.
     *
     * <p>{@code max_conns} keeps each nginx within half of the ports towards each address of the next hop: one more is answered 502 at once
     * instead of waiting for a port.
     */
    public static Map<String, Map<String, Long>> of(CapacityPlan plan) {
        Map<String, Map<String, Long>> settings = new LinkedHashMap<>();
        for (HopPlan hop : plan.hops()) {
            if (hop.workers() != null) {
                settings.put(hop.hop(), settings(hop, hop.workers()));
            }
        }
        return settings;
    }

    private static Map<String, Long> settings(HopPlan hop, WorkerBudget budget) {
        Link link = Objects.requireNonNull(hop.link());
        Map<String, Long> settings = new LinkedHashMap<>();
        settings.put("worker_processes", (long) budget.workers());
        settings.put("worker_connections", (long) budget.slots());
        settings.put("worker_rlimit_nofile", (long) budget.descriptors());
        settings.put("max_conns", link.planned() / ((long) hop.processes() * link.destinations()));
        return settings;
    }
}
