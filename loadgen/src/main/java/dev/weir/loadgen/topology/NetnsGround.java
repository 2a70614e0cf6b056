package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** A network namespace for each process of the chain and one for the agents, each made when it is first asked for. */
final class NetnsGround implements Ground {
    private static final String AGENTS = "agents";

    private final Ledger ledger;
    private final Network.Namespaces network;
    private final FreePorts ports;
    private final Confiner confiner;
    private final HostSettings hostSettings;
    private final Namespaces namespaces;
    private final Map<String, List<String>> addresses = new HashMap<>();
    private OptionalLong router = OptionalLong.empty();

    /**
     * @param id of the run, e.g. {@code weir-3fa91c}
     * @param network what the hops have that differs from fresh namespaces
     * @param surroundings limits of processes
     * @param ports chooses ports
     * @param random chooses a block of addresses
     * @throws LabException of kind ENVIRONMENT when it cannot be made; nothing is left then
     */
    NetnsGround(
            String id, Network.Namespaces network, Surroundings surroundings, FreePorts ports, RandomGenerator random) {
        this.ledger = new Ledger(Ledger.FOLDER, id);
        this.network = network;
        this.ports = ports;
        this.confiner = new Confiner(surroundings, ledger, id);
        this.hostSettings = new HostSettings(ledger);
        this.namespaces = make(id, random);
    }

    private Namespaces make(String id, RandomGenerator random) {
        try {
            Namespaces made = new Namespaces(ledger, id, Subnet.ofThisHost(random));
            made.makeBridge();
            if (network.nat().isPresent()) {
                made.makeRouter(network.nat().get());
                router = OptionalLong.of(made.occupyRouter().pid());
            }
            return made;
        } catch (IOException e) {
            close();
            throw refused(id, e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public String address(String name) {
        return sources(name).getFirst();
    }

    @Override
    public List<String> sources(String name) {
        return addresses.computeIfAbsent(name, each -> join(each, network.of(kind(each))));
    }

    /** As many as the plan of ports asks for, unless the scenario says how many. */
    @Override
    public List<String> agentSources(List<String> planned) {
        HopNetwork own = network.of(AGENTS);
        HopNetwork wanted = network.hops().containsKey(AGENTS) ? own : own.withAddresses(Math.max(1, planned.size()));
        List<String> sources = addresses.computeIfAbsent(AGENTS, each -> join(each, wanted));
        return sources.size() == 1 ? List.of() : sources;
    }

    @Override
    public List<Integer> ports(int count) {
        return ports.take(count);
    }

    @Override
    public List<String> prefix(String kind, String name) {
        List<String> prefix = new ArrayList<>(entrance(name));
        prefix.addAll(confiner.prefix(kind, name));
        return prefix;
    }

    @Override
    public List<String> entrance(String name) {
        sources(name);
        return namespaces.prefix(name);
    }

    @Override
    public OptionalLong router() {
        return router;
    }

    @Override
    public void squeeze() {
        confiner.squeeze();
    }

    @Override
    public HostSettings hostSettings() {
        return hostSettings;
    }

    private List<String> join(String name, HopNetwork wanted) {
        try {
            return name.equals(AGENTS) && network.nat().isPresent()
                    ? namespaces.joinBehindRouter(name, wanted)
                    : namespaces.join(name, wanted);
        } catch (IOException e) {
            throw refused(name, e);
        }
    }

    private static LabException refused(String name, IOException e) {
        return LabException.environment(
                "a network namespace must be makeable: name=" + name
                        + "; run as root on a host, or in a container, that lets root make one; " + e.getMessage(),
                e);
    }

    private static String kind(String name) {
        return name.replaceFirst("-\\d+$", "");
    }

    @Override
    public void close() {
        try (ledger;
                hostSettings) {
            // Both, whatever becomes of the other.
        }
    }
}
