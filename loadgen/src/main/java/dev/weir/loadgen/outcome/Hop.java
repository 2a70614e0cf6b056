package dev.weir.loadgen.outcome;

import java.util.List;

/**
 * One hop of the chain as it ran.
 *
 * @param name {@code edge}, {@code ingress}, {@code gateway}, or a name given with {@code --hop}; several of a kind are numbered,
 *     {@code gateway-2}
 * @param kind {@code nginx}, {@code haproxy}, {@code gateway} or {@code other}
 * @param version the program's own version, empty when unknown
 * @param pids process ids, the master's first
 * @param config {@code sha256:} digest of the rendered configuration, empty when there is none
 */
public record Hop(String name, String kind, String version, List<Long> pids, String config) {
    public Hop {
        pids = List.copyOf(pids);
    }
}
