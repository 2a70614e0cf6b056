package dev.weir.loadgen.run;

import dev.weir.loadgen.client.DescriptorTables;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.proxy.capacity.HostLimits;

/** Refuses, before anything starts, more connections than the gateway processes have descriptors for; with the arithmetic. */
final class GatewayBudget {
    /** Descriptors of a gateway beside its connections: libraries, logs, event loops, listeners. */
    static final int DESCRIPTORS_RESERVED = 512;

    private GatewayBudget() {}

    /**
     * Checks a plan.
     *
     * @throws LabException of kind ENVIRONMENT with the first limit that it meets and the number that fits
     */
    static void check(Plan plan, HostLimits limits) {
        Chain chain = plan.chain();
        if (plan.connections() < 1) {
            throw LabException.usage("--connections must be >= 1: connections=" + plan.connections());
        }
        int perProcess = limits.descriptors() - DESCRIPTORS_RESERVED;
        if (perProcess < 1) {
            throw LabException.environment(
                    "open files must be > %d reserved + one a connection: limit=%d; raise 'ulimit -Hn'"
                            .formatted(DESCRIPTORS_RESERVED, limits.descriptors()));
        }
        if (DescriptorTables.refusal().isEmpty()) {
            return;
        }
        long gatewaysCarry = (long) perProcess * chain.gateways();
        if (plan.connections() > gatewaysCarry) {
            int needed = (plan.connections() + perProcess - 1) / perProcess;
            throw LabException.environment(
                    "connections must be <= %,d with %d gateway process%s: connections=%,d (open files: limit %,d - %d reserved, one a connection); lower -c or add --gateways %d"
                            .formatted(
                                    gatewaysCarry,
                                    chain.gateways(),
                                    chain.gateways() == 1 ? "" : "es",
                                    plan.connections(),
                                    limits.descriptors(),
                                    DESCRIPTORS_RESERVED,
                                    needed));
        }
    }
}
