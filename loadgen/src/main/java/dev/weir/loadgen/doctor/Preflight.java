package dev.weir.loadgen.doctor;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.outcome.Forecast;
import dev.weir.loadgen.plan.CapacityPlan;
import dev.weir.loadgen.plan.HostFacts;
import dev.weir.loadgen.plan.Limit;
import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses, before anything starts, what the planner says that this host cannot carry.
 *
 * @param loads turns a chain into a load
 * @param host what this host allows
 * @param isForced lets everything pass, to see where it stops
 */
public record Preflight(Loads loads, HostFacts host, boolean isForced) {
    /**
     * Checks a plan: its chain, and the network namespaces that its hops get, before they are made.
     *
     * @return the limits that it passes, on purpose or by force; the one that the fewest connections meet comes first
     * @throws LabException as {@link #check(Chain)}
     */
    public List<Forecast> check(Plan plan) {
        if (plan.chain().connections() < 1) {
            return check(plan.chain());
        }
        Load wired = loads.of(plan.chain()).wired(host.network().ports(), host.descriptors());
        return check(plan.chain(), Namespaced.limits(plan, wired, host));
    }

    /**
     * Checks a chain.
     *
     * @return the limits that it passes, on purpose or by force; the one that the fewest connections meet comes first
     * @throws LabException of kind ENVIRONMENT with the first limit and the number that fits, of kind USAGE when there is nothing to carry
     */
    public List<Forecast> check(Chain chain) {
        if (chain.connections() < 1) {
            throw LabException.usage("--connections must be >= 1: connections=" + chain.connections());
        }
        return check(chain, List.of());
    }

    private List<Forecast> check(Chain chain, List<Limit> namespaced) {
        CapacityPlan plan = CapacityPlan.of(loads.of(chain), host);
        List<Limit> confined = Confined.limits(chain, loads.stations(chain, 1), host.cores());
        List<Limit> broken = Stream.of(namespaced, confined, plan.limits())
                .flatMap(List::stream)
                .filter(Limit::breaks)
                .toList();
        refuse(
                plan,
                broken.stream()
                        .filter(limit -> !chain.strains(limit.resource(), limit.hop()))
                        .toList(),
                isForced);
        return broken.stream()
                .map(limit -> new Forecast(
                        limit.resource(),
                        limit.hop(),
                        limit.unit(),
                        limit.needed(),
                        limit.allowed(),
                        limit.fits(),
                        limit.says()))
                .toList();
    }

    /**
     * Checks a load.
     *
     * @param host what this host allows
     * @param isForced lets everything pass
     * @throws LabException of kind ENVIRONMENT with the first limit and the number that fits
     */
    public static void check(Load load, HostFacts host, boolean isForced) {
        CapacityPlan plan = CapacityPlan.of(load, host);
        refuse(plan, plan.limits().stream().filter(Limit::breaks).toList(), isForced);
    }

    private static void refuse(CapacityPlan plan, List<Limit> broken, boolean isForced) {
        if (!isForced && !broken.isEmpty()) {
            throw LabException.environment(message(plan, broken));
        }
    }

    private static String message(CapacityPlan plan, List<Limit> broken) {
        Limit first = broken.getFirst();
        String message = String.format(
                Locale.ROOT,
                "connections must be <= %,d here: connections=%,d (%s: %s=%,d allowed=%,d, %s); %s, lower -c, or try anyway with --force",
                plan.fits(),
                plan.load().connections(),
                first.name(),
                first.unit(),
                first.needed(),
                first.allowed(),
                first.says(),
                first.fix());
        return broken.size() == 1
                ? message
                : message
                        + broken.stream()
                                .skip(1)
                                .map(limit -> String.format(Locale.ROOT, "%s at %,d", limit.name(), limit.fits()))
                                .collect(Collectors.joining(", ", "\nweir: passed too: ", ""));
    }
}
