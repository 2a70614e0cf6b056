package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A chain of containers.
 *
 * <p><b>Threading:</b> one thread starts and stops it; reading is safe from any.
 */
final class ComposeChain implements RunningChain {
    private final ContainerEngine engine;
    private final ContainerWatch watch;
    private final ComposeHops containers;
    private final List<RunningHop> hops;
    private final Confiner confiner;
    private final Ledger ledger;
    private final HostSettings hostSettings;
    private final boolean ours;

    /**
     * @param engine of the containers; closed with the chain
     * @param watch of the containers; closed with the chain
     * @param containers the hops' containers
     * @param hops the same as hops
     * @param confiner of the agents, which are processes of this host
     * @param ledger of what the run has made, undone with the chain
     * @param ours whether the run brought the chain up; else it is only looked at
     */
    ComposeChain(
            ContainerEngine engine,
            ContainerWatch watch,
            ComposeHops containers,
            List<RunningHop> hops,
            Confiner confiner,
            Ledger ledger,
            boolean ours) {
        this.engine = engine;
        this.watch = watch;
        this.containers = containers;
        this.hops = List.copyOf(hops);
        this.confiner = confiner;
        this.ledger = ledger;
        this.hostSettings = new HostSettings(ledger);
        this.ours = ours;
    }

    /** By the edge's own address: a published port is one more proxy. */
    @Override
    public List<URI> targets() {
        return List.of(containers.target());
    }

    @Override
    public Optional<Path> certificate() {
        return containers.certificate();
    }

    @Override
    public List<URI> apiBases() {
        return List.of(containers.api());
    }

    @Override
    public String apiKey() {
        return containers.apiKey();
    }

    @Override
    public List<RunningHop> hops() {
        return hops;
    }

    @Override
    public Wires wires() {
        return new Wires(
                hops.getLast().listenPorts().size(),
                hops.get(1).listenPorts().size(),
                hops.getFirst().listenPorts().size(),
                List.of());
    }

    @Override
    public List<String> agentsPrefix() {
        return confiner.prefix("agents", "agents");
    }

    @Override
    public OptionalLong router() {
        return OptionalLong.empty();
    }

    @Override
    public HostSettings hostSettings() {
        return hostSettings;
    }

    /** Of the agents: a scenario that limits a hop's processor time is refused before anything starts. */
    @Override
    public void squeeze() {
        confiner.squeeze();
    }

    /** Somebody else's is refused before anything starts, too: see {@link ComposeTopology#lacks}. */
    @Override
    public void reload(String kind) {
        if (!ours) {
            throw LabException.usage("a chain that somebody else brought up is only looked at: hop=" + kind
                    + "; leave out --attach, or run another scenario");
        }
        engine.signal(containers.container(kind).id(), "HUP");
    }

    /** A scenario in which a hop is to end is refused before anything starts: see {@link ComposeTopology#lacks}. */
    @Override
    public void expectEnd(String hop) {
        throw LabException.environment(
                "a hop that is to end must be a process of the run: hop=" + hop + "; leave out --topology");
    }

    @Override
    public boolean hasEnded(String hop) {
        return false;
    }

    @Override
    public void kill(String hop) {
        expectEnd(hop);
    }

    @Override
    public Optional<String> casualty() {
        return watch.casualty();
    }

    @Override
    public void close() {
        try (ledger;
                engine;
                watch;
                hostSettings) {
            // All, whatever becomes of the others; the containers last.
        }
    }
}
