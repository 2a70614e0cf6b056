package dev.weir.loadgen.scenario;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is put around the processes of a chain.
 *
 * <p><b>Example:</b> {@code Surroundings.NONE.confine("edge", Confinement.NONE.withMemory(48 << 20))}.
 *
 * @param network what joins the hops
 * @param confined limits by {@code agents}, {@code edge}, {@code ingress}, {@code gateway}
 * @param crew what the agents are
 */
public record Surroundings(Network network, Map<String, Confinement> confined, Crew crew) {
    /** Processes on loopback with this process's own limits. */
    public static final Surroundings NONE = new Surroundings(Network.LOOPBACK, Map.of(), Crew.AS_NEEDED);

    public Surroundings {
        confined = Map.copyOf(confined);
    }

    /** What one hop's kind has of the network; nothing that differs where all share a loopback. */
    public HopNetwork networkOf(String hop) {
        return switch (network) {
            case Network.Loopback() -> HopNetwork.PLAIN;
            case Network.Namespaces namespaces -> namespaces.of(hop);
        };
    }

    /** Limits of one hop's kind. */
    public Confinement of(String hop) {
        return confined.getOrDefault(hop, Confinement.NONE);
    }

    /** The same with limits for one hop's kind. */
    public Surroundings confine(String hop, Confinement confinement) {
        Map<String, Confinement> all = new TreeMap<>(confined);
        all.put(hop, confinement);
        return new Surroundings(network, all, crew);
    }

    /** The same on another network. */
    public Surroundings on(Network other) {
        return new Surroundings(other, confined, crew);
    }

    /** The same with other agents. */
    public Surroundings with(Crew agents) {
        return new Surroundings(network, confined, agents);
    }
}
