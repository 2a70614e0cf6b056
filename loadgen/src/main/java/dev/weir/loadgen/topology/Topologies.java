package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the topology that a plan needs, and refuses what the user does not want done to this host.
 *
 * @param local processes on loopback
 * @param netns processes in network namespaces
 * @param compose containers
 * @param asked its name where the user chose; empty takes what the plan needs
 * @param mayChangeHost whether settings of the whole host may be changed for a while
 */
public record Topologies(
        Topology local, Topology netns, Topology compose, Optional<String> asked, boolean mayChangeHost) {
    /**
     * The topology of a plan.
     *
     * @throws LabException of kind ENVIRONMENT when it needs what this host does not let us do or the user does not want done
     */
    public Topology of(Plan plan) {
        Topology chosen = chosen(plan);
        chosen.lacks(plan).ifPresent(why -> {
            throw LabException.environment("this variant must be one that topology " + chosen.name() + " offers: " + why
                    + "; leave out --topology");
        });
        List<String> changes = plan.hostChanges();
        if (!changes.isEmpty() && !mayChangeHost) {
            throw LabException.environment("settings of this whole host must be changeable for this variant: settings="
                    + String.join(", ", changes)
                    + "; they are put back afterwards; leave out --no-host-changes, or run another variant");
        }
        HostSettings.check(changes);
        FlowTable.check(plan);
        chosen.check(plan.chain());
        return chosen;
    }

    /** Why a plan makes no sense on the topology that the user chose; empty when it does. */
    public Optional<String> lacks(Plan plan) {
        return chosen(plan).lacks(plan);
    }

    private Topology chosen(Plan plan) {
        return asked.map(this::named)
                .orElseGet(() -> switch (plan.chain().surroundings().network()) {
                    case Network.Loopback() -> local;
                    case Network.Namespaces _ -> netns;
                });
    }

    private Topology named(String name) {
        return Stream.of(local, netns, compose)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("topology must be known: topology=" + name));
    }
}
