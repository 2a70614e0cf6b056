package dev.weir.loadgen.topology;

import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Nat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Network namespaces of one run, joined by a bridge in one of them, which an interface of this host reaches.
 *
 * <p><b>Threading:</b> one thread. <b>Bounds:</b> {@value #HOPS_MAX} namespaces.
 */
final class Namespaces {
    private static final String BRIDGE = "net";
    private static final String ROUTER = "nat";
    /** The router's interface that those behind it see. */
    private static final String INNER = "inner";

    private static final int HOPS_MAX = 126;

    private final Ledger ledger;
    private final String id;
    private final Subnet subnet;
    private int joined;

    /**
     * @param ledger takes what is made
     * @param id of the run; the host's interface has it as its name
     * @param subnet takes the addresses
     */
    Namespaces(Ledger ledger, String id, Subnet subnet) {
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
        Command.run("ip", "address", "add", host() + "/" + Subnet.BITS, "dev", id);
        Command.run("ip", "link", "set", id, "up");
        ip(BRIDGE, "link", "set", "host", "master", "br0", "up");
    }

    /** This host's address on the bridge. */
    String host() {
        return subnet.joining(0, 1);
    }

    /** Makes a router that translates what comes from behind it. */
    void makeRouter(Nat nat) throws IOException {
        add(ROUTER);
        wire(ROUTER);
        address(ROUTER, "eth0", subnet.joining(0, 2));
        set(ROUTER, Map.of("net.ipv4.ip_forward", "1"));
        restrict(ROUTER, PacketRules.of(nat));
        set(ROUTER, nat.sysctls());
    }

    /** A process that does nothing inside the router's namespace, through which its counters can be read; it ends when this process does. */
    Process occupyRouter() throws IOException {
        List<String> command = new ArrayList<>(prefix(ROUTER));
        command.add("cat");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Makes a hop's namespace on the bridge.
     *
     * @param name of the hop
     * @return its addresses
     */
    List<String> join(String name, HopNetwork network) throws IOException {
        int own = next();
        add(name);
        wire(name);
        List<String> addresses =
                numbered(network).mapToObj(i -> subnet.joining(own, i)).toList();
        furnish(name, addresses, network);
        return addresses;
    }

    /** Makes a hop's namespace behind the router, which is its only way out, as {@link #join} makes one on the bridge. */
    List<String> joinBehindRouter(String name, HopNetwork network) throws IOException {
        add(name);
        ip(ROUTER, "link", "add", INNER, "type", "veth", "peer", "name", "eth0", "netns", full(name));
        String router = subnet.behind(0, 1);
        address(ROUTER, INNER, router);
        List<String> addresses =
                numbered(network).mapToObj(i -> subnet.behind(1, i)).toList();
        furnish(name, addresses, network);
        ip(name, "route", "add", "default", "via", router);
        return addresses;
    }

    /** What a command line begins with to run in a hop's namespace; control groups stay visible, unlike with {@code ip netns exec}. */
    List<String> prefix(String name) {
        return List.of("nsenter", "--net=/run/netns/" + full(name));
    }

    private int next() {
        if (joined == HOPS_MAX) {
            throw new IllegalStateException("hops must be <= " + HOPS_MAX + ": hops=" + (joined + 1));
        }
        return ++joined;
    }

    private static IntStream numbered(HopNetwork network) {
        return IntStream.rangeClosed(1, network.addresses());
    }

    private void furnish(String name, List<String> addresses, HopNetwork network) throws IOException {
        for (String address : addresses) {
            address(name, "eth0", address);
        }
        restrict(name, PacketRules.of(network, host()));
        set(name, network.sysctls());
    }

    private void wire(String name) throws IOException {
        ip(BRIDGE, "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", full(name));
        ip(BRIDGE, "link", "set", name, "master", "br0", "up");
    }

    private void address(String name, String device, String address) throws IOException {
        ip(name, "address", "add", address + "/" + Subnet.BITS, "dev", device);
        ip(name, "link", "set", device, "up");
    }

    private void restrict(String name, List<List<String>> rules) throws IOException {
        for (List<String> rule : rules) {
            List<String> command = new ArrayList<>(prefix(name));
            command.addAll(List.of("iptables", "-w"));
            command.addAll(rule);
            Command.run(command);
        }
    }

    private void set(String name, Map<String, String> sysctls) throws IOException {
        for (Map.Entry<String, String> sysctl : new TreeMap<>(sysctls).entrySet()) {
            List<String> command = new ArrayList<>(prefix(name));
            command.addAll(List.of("sh", "-c", "echo \"$2\" >\"$1\"", "set"));
            command.addAll(List.of(Sysctls.file(sysctl.getKey()).toString(), sysctl.getValue()));
            Command.run(command);
        }
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
