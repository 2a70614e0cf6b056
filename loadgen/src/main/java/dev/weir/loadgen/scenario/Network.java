package dev.weir.loadgen.scenario;

import java.util.Map;
import java.util.Optional;

/** What carries the bytes between the hops of a chain. */
public sealed interface Network {
    /** All hops share this host's loopback. */
    Network LOOPBACK = new Loopback();

    /** All hops share this host's loopback. */
    record Loopback() implements Network {}

    /**
     * Each hop has a network namespace of its own, with addresses of its own; a bridge joins them.
     *
     * @param hops what differs from a fresh namespace, by {@code agents}, {@code edge}, {@code ingress}, {@code gateway}
     * @param nat a translating router between the agents and the first hop; empty for none
     */
    record Namespaces(Map<String, HopNetwork> hops, Optional<Nat> nat) implements Network {
        /** Fresh namespaces, no router. */
        public static final Namespaces PLAIN = new Namespaces(Map.of(), Optional.empty());

        public Namespaces {
            hops = Map.copyOf(hops);
        }

        /** The network of one hop's kind. */
        public HopNetwork of(String hop) {
            return hops.getOrDefault(hop, HopNetwork.PLAIN);
        }
    }
}
