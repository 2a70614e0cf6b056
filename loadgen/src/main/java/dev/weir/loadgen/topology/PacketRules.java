package dev.weir.loadgen.topology;

import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Nat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code iptables} is told in a namespace. What this host itself exchanges with a hop, to look at it, is neither tracked nor translated nor
 * lost.
 */
final class PacketRules {
    private PacketRules() {}

    /**
     * The rules of a hop, each the arguments of one call, in order.
     *
     * @param host this host's address on the bridge
     */
    static List<List<String>> of(HopNetwork network, String host) {
        List<List<String>> rules = new ArrayList<>();
        if (isTracked(network)) {
            rules.add(words("-t raw -A PREROUTING -s " + host + " -j NOTRACK"));
            rules.add(words("-t raw -A OUTPUT -d " + host + " -j NOTRACK"));
            rules.add(words("-t raw -A PREROUTING -i lo -j NOTRACK"));
            rules.add(words("-t raw -A OUTPUT -o lo -j NOTRACK"));
            if (network.tracking() == HopNetwork.Tracking.NOTRACK) {
                rules.add(words("-t raw -A PREROUTING -p tcp -j NOTRACK"));
                rules.add(words("-t raw -A OUTPUT -p tcp -j NOTRACK"));
            }
            // The kernel tracks in a namespace as soon as a rule there asks for it; this one asks and does nothing.
            rules.add(words("-A INPUT -m conntrack --ctstate INVALID"));
        }
        network.masquerade()
                .ifPresent(ports -> rules.add(
                        words("-t nat -A POSTROUTING -o eth0 ! -d " + host + " " + masquerade(Optional.of(ports)))));
        if (network.lossShare() > 0) {
            rules.add(words(String.format(
                    Locale.ROOT,
                    "-A INPUT -i eth0 ! -s %s -m statistic --mode random --probability %.6f -j DROP",
                    host,
                    network.lossShare())));
        }
        return rules;
    }

    /** The rules of a router, as {@link #of(HopNetwork, String)} gives those of a hop. */
    static List<List<String>> of(Nat nat) {
        return List.of(
                words("-t nat -A POSTROUTING -o eth0 " + masquerade(nat.ports())),
                // What belongs to no entry is addressed to the router itself, which would answer it with a reset.
                words("-A INPUT -i eth0 -p tcp -j DROP"));
    }

    /** Whether the kernel tracks connections of a hop. */
    static boolean isTracked(HopNetwork network) {
        return network.tracking() != HopNetwork.Tracking.NONE
                || network.masquerade().isPresent();
    }

    private static String masquerade(Optional<HopNetwork.Ports> ports) {
        return "-p tcp -j MASQUERADE"
                + ports.map(range -> " --to-ports " + range.first() + "-" + range.last())
                        .orElse("");
    }

    private static List<String> words(String rule) {
        return List.of(rule.split(" ", -1));
    }
}
