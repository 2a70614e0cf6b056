package dev.weir.loadgen.topology;

import dev.weir.loadgen.scenario.HopNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Network namespaces of one run, joined by a bridge in one of them, which an interface of this host reaches.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Namespaces {
    private static final String BRIDGE = "net";
    private static final int BITS = 24;

    private final Ledger ledger;
    private final String id;
    private final String subnet;

    /**
     * @param ledger takes what is made
     * @param id of the run; the host's interface has it as its name
     * @param subnet the first three bytes of the addresses, e.g. {@code 198.18.7}
     */
    Namespaces(Ledger ledger, String id, String subnet) {
        this.ledger = ledger;
        this.id = id;
        this.subnet = subnet;
    }

    /** Makes the bridge and the host's way to it. */
    void makeBridge() throws IOException {
        add(BRIDGE);
        ip(BRIDGE, "link", "add", "br0", "type", "bridge");
        ip(BRIDGE, "link", "set", "br0", "up");
        ledger.record(new Trace.Link(id));
        Command.run("ip", "link", "add", id, "type", "veth", "peer", "name", "host", "netns", full(BRIDGE));
        Command.run("ip", "address", "add", subnet + ".1/" + BITS, "dev", id);
        Command.run("ip", "link", "set", id, "up");
        ip(BRIDGE, "link", "set", "host", "master", "br0", "up");
    }

    /**
     * Makes a hop's namespace with the addresses from a number on.
     *
     * @param name of the hop
     * @param first last byte of its first address
     */
    void join(String name, int first, HopNetwork network) throws IOException {
        add(name);
        ip(BRIDGE, "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", full(name));
        ip(BRIDGE, "link", "set", name, "master", "br0", "up");
        for (int i = 0; i < network.addresses(); i++) {
            ip(name, "address", "add", subnet + "." + (first + i) + "/" + BITS, "dev", "eth0");
        }
        ip(name, "link", "set", "eth0", "up");
        for (Map.Entry<String, String> setting : network.sysctls().entrySet()) {
            set(name, setting.getKey(), setting.getValue());
        }
    }

    /** What a command line begins with to run in a hop's namespace; control groups stay visible, unlike with {@code ip netns exec}. */
    List<String> prefix(String name) {
        return List.of("nsenter", "--net=/run/netns/" + full(name));
    }

    private void set(String name, String sysctl, String value) throws IOException {
        List<String> command = new ArrayList<>(prefix(name));
        command.addAll(List.of(
                "sh", "-c", "echo \"$2\" >\"$1\"", "set", Sysctls.file(sysctl).toString(), value));
        Command.run(command);
    }

    private void add(String name) throws IOException {
        ledger.record(new Trace.Namespace(full(name)));
        Command.run("ip", "netns", "add", full(name));
        ip(name, "link", "set", "lo", "up");
    }

    private void ip(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", full(name)));
        command.addAll(List.of(words));
        Command.run(command);
    }

    private String full(String name) {
        return id + "-" + name;
    }
}
