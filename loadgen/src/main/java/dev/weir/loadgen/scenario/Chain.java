package dev.weir.loadgen.scenario;

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
 */
public record Chain(
        int edges, int ingresses, int gateways, String profile, Map<String, String> settings, int connections) {
    public Chain {
        settings = Map.copyOf(settings);
    }

    /** The chain that a wish asks for over a scenario's own profile and settings. */
    static Chain of(Wish wish, int connections, String profile, Map<String, String> own) {
        Map<String, String> settings = new TreeMap<>(own);
        settings.putAll(wish.settings());
        return new Chain(
                wish.edges(), wish.ingresses(), wish.gateways(), wish.profile().orElse(profile), settings, connections);
    }
}
