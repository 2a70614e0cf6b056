package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.ConntrackFull;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Step;
import java.io.IOException;

/** The table of tracked flows, whose size is one number for all network namespaces of a host. */
final class FlowTable {
    private static final String COUNT = "net.netfilter.nf_conntrack_count";
    /** So many times the flows that this host tracks by itself must find room while a scenario makes the table small. */
    private static final int SPARE = 2;

    private FlowTable() {}

    /**
     * Refuses a plan that would make the table too small for this host's own flows.
     *
     * @throws LabException of kind ENVIRONMENT with both numbers
     */
    static void check(Plan plan) {
        for (Step step : plan.steps()) {
            if (step instanceof Step.ChangeHost change && change.sysctls().containsKey(ConntrackFull.MAX)) {
                check(Long.parseLong(change.sysctls().getOrDefault(ConntrackFull.MAX, "0")), flows());
            }
        }
    }

    static void check(long max, long flows) {
        if (max < SPARE * flows) {
            throw LabException.environment(ConntrackFull.MAX + " must be >= " + SPARE
                    + " x the flows that this host tracks itself, or its own connections would fail: max=" + max
                    + " flows=" + flows
                    + "; raise -c, or keep this host's flows out of tracking (iptables -t raw ... -j NOTRACK)");
        }
    }

    private static long flows() {
        try {
            return Long.parseLong(Sysctls.read(COUNT));
        } catch (IOException e) {
            throw LabException.environment(
                    "tracked flows of this host must be readable: setting=" + COUNT + "; " + e, e);
        }
    }
}
