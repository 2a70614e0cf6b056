package dev.weir.loadgen.scenario;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is put around the processes of a chain.
 *
 * <p><b>Example:</b> {@code Surroundings.NONE.confine("edge", Confinement.NONE.withMemory(48 << 20))}.
 *
 * @param network what joins the hops
 * @param confined limits by {@code agents}, {@code edge}, {@code ingress}, {@code gateway}
 * @param crew what the agents are
 * @param sysctls by hop, settings of its network namespace where the topology gives it one of its own; on loopback they would be this host's, and
 *     are left alone
 */
public record Surroundings(
        Network network, Map<String, Confinement> confined, Crew crew, Map<String, Map<String, String>> sysctls) {
    /** Processes on loopback with this process's own limits. */
    public static final Surroundings NONE = new Surroundings(Network.LOOPBACK, Map.of(), Crew.AS_NEEDED, Map.of());

    public Surroundings {
        confined = Map.copyOf(confined);
        sysctls = Map.copyOf(sysctls);
    }

    /** The network where each hop has a namespace of its own, whether this asks for that or not. */
    public Network.Namespaces namespaces() {
        return switch (network) {
            case Network.Loopback() -> {
                Map<String, HopNetwork> hops = new TreeMap<>();
                sysctls.forEach((hop, values) -> hops.put(hop, HopNetwork.PLAIN.withSysctls(values)));
                yield new Network.Namespaces(hops, Optional.empty());
            }
            case Network.Namespaces asked -> asked;
        };
    }

    /** What one hop's kind has of {@link #namespaces}. */
    public HopNetwork networkOf(String hop) {
        return namespaces().of(hop);
    }

    /** Limits of one hop's kind. */
    public Confinement of(String hop) {
        return confined.getOrDefault(hop, Confinement.NONE);
    }

    /** The same with limits for one hop's kind. */
    public Surroundings confine(String hop, Confinement confinement) {
        Map<String, Confinement> all = new TreeMap<>(confined);
        all.put(hop, confinement);
        return new Surroundings(network, all, crew, sysctls);
    }

    /** The same on another network. */
    public Surroundings on(Network other) {
        return new Surroundings(other, confined, crew, sysctls);
    }

    /** The same with other agents. */
    public Surroundings with(Crew agents) {
        return new Surroundings(network, confined, agents, sysctls);
    }

    /** The same with settings for the namespace of one hop's kind, should it have one. */
    public Surroundings tune(String hop, Map<String, String> values) {
        Map<String, Map<String, String>> all = new TreeMap<>(sysctls);
        all.put(hop, Map.copyOf(values));
        return new Surroundings(network, confined, crew, all);
    }
}
