package dev.weir.loadgen.topology;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A chain that is up. Closing it stops every process of it and waits until they are gone. */
public interface RunningChain extends AutoCloseable {
    /** Where agents connect. */
    List<URI> targets();

    /** The only certificate that the entrance proves itself with, as PEM; empty when it speaks plain TCP. */
    Optional<Path> certificate();

    /** Server API of each gateway; more than one are islands, each needs every message. */
    List<URI> apiBases();

    /** The gateways' API key. */
    String apiKey();

    /** The hops, from the agents' side. */
    List<RunningHop> hops();

    /** Addresses and ports that were planned. */
    Wires wires();

    /** What the command line of an agent process begins with; empty when agents may as well be in this process. */
    List<String> agentsPrefix();

    /** A process in the network namespace of the router between the agents and the first hop; empty without one. */
    OptionalLong router();

    /** Settings of the whole host; what is changed is put back when the chain stops. */
    HostSettings hostSettings();

    /**
     * Lets the proxies of a kind read their configuration again.
     *
     * @param kind {@code edge} or {@code ingress}
     * @throws dev.weir.loadgen.error.LabException of kind ENVIRONMENT when one is gone
     */
    void reload(String kind);

    /** Limits of processor time hold from now on, and not before. */
    void squeeze();

    /**
     * Processes may end by themselves from now on: that is what the run is about, and none of its casualties.
     *
     * @param hop of a kind, e.g. {@code gateway}, or one by its name, e.g. {@code gateway-2}
     */
    void expectEnd(String hop);

    /** Whether a process of the kind, or the one of that name, has ended by itself. */
    boolean hasEnded(String hop);

    /**
     * Ends a process at once, without a word to anybody, as the kernel ends what is killed.
     *
     * @param hop its name, e.g. {@code gateway-2}
     */
    void kill(String hop);

    /** The first hop that ended by itself and was not expected to, as one sentence with its last words. */
    Optional<String> casualty();

    @Override
    void close();
}
