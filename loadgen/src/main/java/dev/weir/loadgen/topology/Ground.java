package dev.weir.loadgen.topology;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a chain stands on: its hops' addresses, and what their processes start inside. Closing it, after the processes have ended, removes what
 * was made for it.
 *
 * <p><b>Threading:</b> one thread.
 */
interface Ground extends AutoCloseable {
    /**
     * Where a hop accepts, as others and this process reach it.
     *
     * @param name of the hop, e.g. {@code edge-2}
     */
    String address(String name);

    /**
     * Addresses that a hop's process connects from; one when it may as well leave that to the kernel.
     *
     * @param name of the hop, e.g. {@code edge-2}
     */
    List<String> sources(String name);

    /**
     * Addresses that the agents connect from; empty when they may as well leave that to the kernel.
     *
     * @param planned as many as ports ask for, on loopback
     */
    List<String> agentSources(List<String> planned);

    /** Consecutive ports on which a hop may accept. */
    List<Integer> ports(int count);

    /**
     * What the command line of a hop's process begins with, so that it starts inside its limits; empty when there are none.
     *
     * @param kind {@code agents}, {@code edge}, {@code ingress} or {@code gateway}
     * @param name of the hop, e.g. {@code edge-2}
     */
    List<String> prefix(String kind, String name);

    /**
     * What a command line begins with to see the network of a hop, outside its limits; empty for this process's own.
     *
     * @param name of the hop, e.g. {@code edge-2}
     */
    List<String> entrance(String name);

    /** A process in the router's network namespace; empty without a router. */
    OptionalLong router();

    /** Limits of processor time hold from now on: a virtual machine that had to start inside would take half a minute. */
    void squeeze();

    /** Settings of the whole host. */
    HostSettings hostSettings();

    @Override
    void close();
}
