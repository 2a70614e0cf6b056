package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the topology that a plan needs, and refuses what the user does not want done to this host.
 *
 * @param local processes on loopback
 * @param netns processes in network namespaces
 * @param asked its name where the user chose; empty takes what the plan needs
 * @param mayChangeHost whether settings of the whole host may be changed for a while
 */
public record Topologies(Topology local, Topology netns, Optional<String> asked, boolean mayChangeHost) {
    /**
     * The topology of a plan.
     *
     * @throws LabException of kind ENVIRONMENT when it needs what this host does not let us do or the user does not want done
     */
    public Topology of(Plan plan) {
        List<String> changes = plan.hostChanges();
        if (!changes.isEmpty() && !mayChangeHost) {
            throw LabException.environment("settings of this whole host must be changeable for this variant: settings="
                    + String.join(", ", changes)
                    + "; they are put back afterwards; leave out --no-host-changes, or run another variant");
        }
        HostSettings.check(changes);
        FlowTable.check(plan);
        Topology chosen = asked.orElse(needed(plan)).equals(netns.name()) ? netns : local;
        chosen.check(plan.chain());
        return chosen;
    }

    private String needed(Plan plan) {
        return switch (plan.chain().surroundings().network()) {
            case Network.Loopback() -> local.name();
            case Network.Namespaces _ -> netns.name();
        };
    }
}
