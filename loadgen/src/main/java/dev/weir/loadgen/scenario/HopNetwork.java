package dev.weir.loadgen.scenario;

import java.util.Map;
import java.util.Optional;

/**
 * The network namespace of a hop, as far as it differs from a fresh one.
 *
 * @param sysctls settings that a namespace has of its own, by dotted name, e.g. {@code net.ipv4.ip_local_port_range}
 * @param addresses how many it has, at least one
 * @param lossShare of the packets that arrive, dropped at random; 0 to 1
 * @param tracking of connections in this namespace
 * @param masquerade source ports that its outgoing connections are translated to; empty for no translation
 * @param listening ports that each of its processes accepts on; 0 for as many as the plan of ports asks for
 */
public record HopNetwork(
        Map<String, String> sysctls,
        int addresses,
        double lossShare,
        Tracking tracking,
        Optional<Ports> masquerade,
        int listening) {
    /** A fresh namespace with one address. */
    public static final HopNetwork PLAIN = new HopNetwork(Map.of(), 1, 0, Tracking.NONE, Optional.empty(), 0);

    private static final int ADDRESSES_MAX = 200;
    private static final int LISTENING_MAX = 1_000;

    public HopNetwork {
        sysctls = Map.copyOf(sysctls);
        if (addresses < 1 || addresses > ADDRESSES_MAX) {
            throw new IllegalArgumentException("addresses must be 1 to " + ADDRESSES_MAX + ": addresses=" + addresses);
        }
        if (listening < 0 || listening > LISTENING_MAX) {
            throw new IllegalArgumentException("listening must be 0 to " + LISTENING_MAX + ": listening=" + listening);
        }
        if (!(lossShare >= 0 && lossShare < 1)) {
            throw new IllegalArgumentException("lossShare must be >= 0 and < 1: lossShare=" + lossShare);
        }
    }

    /** What the kernel does about connections of a namespace. */
    public enum Tracking {
        /** Nobody asks for it. */
        NONE,
        /** Each has an entry in the flow table. */
        TRACKED,
        /** The namespace tracks, but the chain's connections are taken out: the remedy. */
        NOTRACK
    }

    /**
     * A range of ports.
     *
     * @param first 1 to 65535
     * @param last not below the first
     */
    public record Ports(int first, int last) {
        public Ports {
            if (first < 1 || last < first || last > 65_535) {
                throw new IllegalArgumentException("ports must be a range in 1..65535: ports=" + first + "-" + last);
            }
        }
    }

    /** The same with other settings of its own. */
    public HopNetwork withSysctls(Map<String, String> values) {
        return new HopNetwork(values, addresses, lossShare, tracking, masquerade, listening);
    }

    /** The same with more addresses. */
    public HopNetwork withAddresses(int count) {
        return new HopNetwork(sysctls, count, lossShare, tracking, masquerade, listening);
    }

    /** The same with loss. */
    public HopNetwork withLoss(double share) {
        return new HopNetwork(sysctls, addresses, share, tracking, masquerade, listening);
    }

    /** The same with another way to track. */
    public HopNetwork withTracking(Tracking wanted) {
        return new HopNetwork(sysctls, addresses, lossShare, wanted, masquerade, listening);
    }

    /** The same with its outgoing connections translated. */
    public HopNetwork withMasquerade(Ports ports) {
        return new HopNetwork(sysctls, addresses, lossShare, tracking, Optional.of(ports), listening);
    }

    /** The same accepting on so many ports. */
    public HopNetwork withListening(int ports) {
        return new HopNetwork(sysctls, addresses, lossShare, tracking, masquerade, ports);
    }
}
