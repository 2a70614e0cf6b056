package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this host must have so that a chain can have network namespaces. */
final class NetworkTools {
    private NetworkTools() {}

    /**
     * Refuses what could not be made, before anything starts.
     *
     * @throws LabException of kind ENVIRONMENT with everything that is missing and the Debian packages that have it
     */
    static void check(Network.Namespaces network) {
        List<String> problems = new ArrayList<>();
        if (!isRoot()) {
            problems.add("network namespaces must be made as root: user=" + System.getProperty("user.name")
                    + "; run as root, or a variant on loopback");
        }
        needed(network).forEach((program, debianPackage) -> {
            if (!isThere(program)) {
                problems.add(program + " must be on the PATH for network namespaces: missing=" + program
                        + "; apt-get install " + debianPackage);
            }
        });
        if (!problems.isEmpty()) {
            throw LabException.environment(String.join("\n", problems));
        }
    }

    /** Programs and the Debian packages that they come in. */
    static Map<String, String> needed(Network.Namespaces network) {
        Map<String, String> programs = new LinkedHashMap<>();
        programs.put("ip", "iproute2");
        programs.put("nsenter", "util-linux");
        boolean tracked =
                network.nat().isPresent() || network.hops().values().stream().anyMatch(PacketRules::isTracked);
        boolean lossy = network.hops().values().stream()
                        .mapToDouble(HopNetwork::lossShare)
                        .sum()
                > 0;
        if (tracked || lossy) {
            programs.put("iptables", "iptables");
        }
        if (tracked) {
            programs.put("conntrack", "conntrack");
        }
        return programs;
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static boolean isThere(String program) {
        try {
            return Command.tryRun(program, "-V");
        } catch (IOException absent) {
            return false;
        }
    }
}
