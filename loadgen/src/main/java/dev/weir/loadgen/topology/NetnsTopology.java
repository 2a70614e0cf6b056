package dev.weir.loadgen.topology;

import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Network;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A chain of processes of this machine, each in a network namespace of its own, joined by a bridge. */
public final class NetnsTopology implements Topology {
    private final ChainStarter starter;
    private final RandomGenerator random;

    NetnsTopology(ChainStarter starter, RandomGenerator random) {
        this.starter = starter;
        this.random = random;
    }

    @Override
    public String name() {
        return "netns";
    }

    @Override
    public String says() {
        return "topology netns: a network namespace for each hop, removed afterwards";
    }

    @Override
    public void check(Chain chain) {
        NetworkTools.check(network(chain));
    }

    @Override
    public RunningChain start(Chain chain, Path folder) {
        return starter.start(
                chain, folder, (id, ports) -> new NetnsGround(id, network(chain), chain.surroundings(), ports, random));
    }

    private static Network.Namespaces network(Chain chain) {
        return chain.surroundings().namespaces();
    }
}
