package dev.weir.loadgen.scenario;

import java.util.Map;
import java.util.Optional;

/**
 * A router that translates the agents' connections to an address of its own, as an office's or a carrier's does: what it has no entry for
 * is dropped without a word.
 *
 * @param sysctls of its namespace, e.g. {@code net.netfilter.nf_conntrack_tcp_timeout_established}
 * @param ports that it translates to; empty keeps the agents' own where they are free
 */
public record Nat(Map<String, String> sysctls, Optional<HopNetwork.Ports> ports) {
    public Nat {
        sysctls = Map.copyOf(sysctls);
    }
}
