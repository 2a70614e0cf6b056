package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hops of a run and their settings.
 *
 * @param edges edge proxies; 0 leaves the hop out
 * @param ingresses ingress proxies; 0 leaves the hop out
 * @param gateways gateway processes, at least one
 * @param profile proxy profile
 * @param settings settings with hop prefix: {@code edge.}, {@code ingress.} over the profile, {@code gateway.} over the gateway's
 *     defaults
 * @param connections what the hops are sized for
 * @param strains limits that the run passes on purpose
 * @param surroundings what is put around their processes
 */
public record Chain(
        int edges,
        int ingresses,
        int gateways,
        String profile,
        Map<String, String> settings,
        int connections,
        List<Strain> strains,
        Surroundings surroundings) {
    public Chain {
        settings = Map.copyOf(settings);
        strains = List.copyOf(strains);
    }

    /** A chain that is to carry what is asked of it, with nothing around its processes. */
    public Chain(
            int edges, int ingresses, int gateways, String profile, Map<String, String> settings, int connections) {
        this(edges, ingresses, gateways, profile, settings, connections, List.of(), Surroundings.NONE);
    }

    /** The chain that a wish asks for over a scenario's own profile and settings. */
    static Chain of(Wish wish, int connections, String profile, Map<String, String> own) {
        Map<String, String> settings = new TreeMap<>(own);
        settings.putAll(wish.settings());
        return new Chain(
                wish.edges(), wish.ingresses(), wish.gateways(), wish.profile().orElse(profile), settings, connections);
    }

    /** The same chain, meant to pass one more limit. */
    Chain straining(Resource resource, String hop) {
        List<Strain> strained = new ArrayList<>(strains);
        strained.add(new Strain(resource, hop));
        return new Chain(edges, ingresses, gateways, profile, settings, connections, strained, surroundings);
    }

    /** The same with something around its processes. */
    public Chain in(Surroundings other) {
        return new Chain(edges, ingresses, gateways, profile, settings, connections, strains, other);
    }

    /** The same, and agents connect to the gateways themselves. */
    Chain withoutProxies() {
        return new Chain(0, 0, gateways, profile, settings, connections, strains, surroundings);
    }

    /** The same, and the edge connects to the gateways themselves. */
    Chain withoutIngress() {
        return new Chain(edges, 0, gateways, profile, settings, connections, strains, surroundings);
    }

    /** The same with so many gateways. */
    Chain withGateways(int count) {
        return new Chain(edges, ingresses, count, profile, settings, connections, strains, surroundings);
    }

    /** Whether the run passes this limit on purpose. */
    public boolean strains(Resource resource, String hop) {
        return strains.contains(new Strain(resource, hop));
    }
}
