package dev.weir.loadgen.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a load takes at every hop, and which limits it meets.
 *
 * <p><b>Example:</b> {@code CapacityPlan.of(load, host).first().ifPresent(limit -> refuse(limit))}.
 *
 * @param load with every number that was left open put in
 * @param hops from the agents' side
 * @param limits all of them, passed or not; the one that the fewest connections meet comes first, what breaks before what is a risk
 * @param tables whether descriptor tables of event loops' own are used
 */
public record CapacityPlan(Load load, List<HopPlan> hops, List<Limit> limits, TableUse tables) {
    public CapacityPlan {
        hops = List.copyOf(hops);
        limits = List.copyOf(limits);
    }

    /** Whether event loops take descriptor tables of their own. */
    public enum TableUse {
        /** One table is enough. */
        NOT_NEEDED,
        /** One is not, and the kernel lets threads have their own. */
        USED,
        /** One is not, and the sandbox refuses the call. */
        REFUSED
    }

    /** Plans a load for hosts of one kind. */
    public static CapacityPlan of(Load load, HostFacts host) {
        Scene scene = new Scene(load, host);
        Load wired = scene.wired(load.connections());
        List<Link> links = wired.links(host.network().ports());
        List<HopPlan> hops = new ArrayList<>();
        for (int i = 0; i < wired.stations().size(); i++) {
            Station station = wired.stations().get(i);
            if (!(station instanceof Station.Target)) {
                hops.add(HopPlan.of(station, i < links.size() ? links.get(i) : null, load.connections(), host));
            }
        }
        return new CapacityPlan(wired, hops, limits(scene), tables(wired, host.descriptors()));
    }

    private static List<Limit> limits(Scene scene) {
        List<Constraint> constraints = new ArrayList<>();
        constraints.addAll(Addresses.of(scene));
        constraints.addAll(OpenFiles.of(scene));
        constraints.addAll(Kernel.of(scene));
        constraints.addAll(Processors.of(scene));
        return constraints.stream()
                .map(constraint -> constraint.at(scene.load().connections()))
                .sorted(Comparator.comparing(Limit::severity).thenComparingLong(Limit::fits))
                .toList();
    }

    private static TableUse tables(Load wired, Descriptors descriptors) {
        boolean one = wired.stations().stream()
                .filter(station -> station instanceof Station.Agents || station instanceof Station.Gateway)
                .allMatch(station -> MemoryModel.each(station, wired.connections()) <= descriptors.perTable());
        return one ? TableUse.NOT_NEEDED : descriptors.tablesPermitted() ? TableUse.USED : TableUse.REFUSED;
    }

    /** The limit that the load meets first; empty when nothing breaks. */
    public Optional<Limit> first() {
        return limits.stream().filter(Limit::breaks).findFirst();
    }

    /** The most connections that nothing breaks. */
    public long fits() {
        return limits.stream()
                .filter(limit -> limit.severity() == Severity.BREAKS)
                .mapToLong(Limit::fits)
                .min()
                .orElse(Load.CONNECTIONS_MAX);
    }

    /** Memory of all processes and idle sockets of all hosts. */
    public long bytes() {
        return hops.stream()
                .mapToLong(hop -> hop.userBytes() + hop.kernelBytes())
                .sum();
    }
}
