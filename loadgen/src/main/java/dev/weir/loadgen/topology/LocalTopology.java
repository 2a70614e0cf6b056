package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Network;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A chain as processes of this machine on loopback, inside limits where its surroundings say so. */
public final class LocalTopology implements Topology {
    private final ChainStarter starter;
    private final RandomGenerator random;

    /**
     * @param proxies templates and profiles
     * @param binaries what runs the proxies
     * @param gateways how a gateway is started
     * @param limits of this machine
     * @param random chooses ports, names and the API key
     */
    public LocalTopology(
            ProxyConfig proxies,
            ProxyBinaries binaries,
            GatewayLaunch gateways,
            HostLimits limits,
            RandomGenerator random) {
        this(new ChainStarter(proxies, binaries, gateways, limits, random, true), random);
    }

    private LocalTopology(ChainStarter starter, RandomGenerator random) {
        this.starter = starter;
        this.random = random;
    }

    /** The same, but proxies are started even when their settings cannot carry what is asked. */
    public LocalTopology forced() {
        return new LocalTopology(starter.forced(), random);
    }

    @Override
    public String name() {
        return "local";
    }

    /** The same processes, each in a network namespace of its own. */
    public NetnsTopology inNamespaces() {
        return new NetnsTopology(starter, random);
    }

    @Override
    public void check(Chain chain) {
        if (chain.surroundings().network() instanceof Network.Namespaces) {
            throw LabException.environment(
                    "this variant must have a network namespace for each hop: topology=local; leave out --topology, or give netns");
        }
    }

    @Override
    public RunningChain start(Chain chain, Path folder) {
        return starter.start(chain, folder, (id, ports) -> new LocalGround(id, chain.surroundings(), ports));
    }
}
