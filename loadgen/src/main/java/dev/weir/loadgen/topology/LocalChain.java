package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.proxy.render.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A chain of supervised processes.
 *
 * <p><b>Threading:</b> one thread starts and stops it; reading is safe from any.
 */
final class LocalChain implements RunningChain {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final List<URI> targets = new ArrayList<>();
    private final List<URI> apiBases = new ArrayList<>();
    private final List<RunningHop> hops = new ArrayList<>();
    private final List<SupervisedProcess> processes = new ArrayList<>();
    private final Set<String> expectedToEnd = new HashSet<>();
    private final String apiKey;
    private final Ground ground;
    private Wires wires = Wires.NONE;
    private Optional<TlsFiles> tls = Optional.empty();

    LocalChain(String apiKey, Ground ground) {
        this.apiKey = apiKey;
        this.ground = ground;
    }

    void wire(Wires planned) {
        wires = planned;
    }

    /** The entrance takes TLS and nothing else. */
    void secure(TlsFiles files) {
        tls = Optional.of(files);
    }

    Optional<TlsFiles> tls() {
        return tls;
    }

    /** What its processes stand on. */
    Ground ground() {
        return ground;
    }

    /** Takes over a process, before it is known to be ready, so that it is stopped with the rest whatever happens. */
    void own(SupervisedProcess process) {
        processes.add(process);
    }

    void add(RunningHop hop) {
        hops.addFirst(hop);
    }

    void addApi(URI base) {
        apiBases.add(base);
    }

    void enterAt(List<URI> entrances) {
        targets.addAll(entrances);
    }

    @Override
    public List<URI> targets() {
        return List.copyOf(targets);
    }

    @Override
    public Optional<Path> certificate() {
        return tls.map(TlsFiles::certificate);
    }

    @Override
    public List<URI> apiBases() {
        return List.copyOf(apiBases);
    }

    @Override
    public String apiKey() {
        return apiKey;
    }

    @Override
    public List<RunningHop> hops() {
        return List.copyOf(hops);
    }

    @Override
    public Wires wires() {
        return wires;
    }

    @Override
    public List<String> agentsPrefix() {
        return ground.prefix("agents", "agents");
    }

    @Override
    public OptionalLong router() {
        return ground.router();
    }

    @Override
    public HostSettings hostSettings() {
        return ground.hostSettings();
    }

    @Override
    public void squeeze() {
        ground.squeeze();
    }

    @Override
    public void reload(String kind) {
        for (RunningHop hop : hops) {
            if (hop.kind().equals("nginx") && kind(hop.name()).equals(kind)) {
                try {
                    // What nginx -s reload sends to its master.
                    Command.run("kill", "-HUP", Long.toString(hop.pid()));
                } catch (IOException e) {
                    throw LabException.environment(hop.name() + " must be there to be reloaded: " + e.getMessage(), e);
                }
            }
        }
    }

    /** What the hop is one of, e.g. {@code gateway} of {@code gateway-2}. */
    private static String kind(String name) {
        return name.replaceFirst("-\\d+$", "");
    }

    @Override
    public void expectEnd(String hop) {
        expectedToEnd.add(hop);
    }

    @Override
    public boolean hasEnded(String hop) {
        return processes.stream()
                .anyMatch(
                        process -> List.of(process.name(), kind(process.name())).contains(hop) && !process.alive());
    }

    @Override
    public void kill(String hop) {
        expectEnd(hop);
        hops.stream()
                .filter(each -> each.name().equals(hop))
                .flatMap(each -> ProcessHandle.of(each.pid()).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public Optional<String> casualty() {
        return processes.stream()
                .filter(process -> !process.alive()
                        && !expectedToEnd.contains(process.name())
                        && !expectedToEnd.contains(kind(process.name())))
                .findFirst()
                .map(process -> {
                    String words = process.lastOutput().strip();
                    return "%s ended by itself with exit code %d%s"
                            .formatted(process.name(), process.exitCode(), words.isEmpty() ? "" : ": " + words);
                });
    }

    /**
     * The outermost hop first, so that no hop sees the one behind it vanish; all are asked before any is waited for. What they stood on goes
     * last.
     */
    @Override
    public void close() {
        try (ground) {
            processes.reversed().forEach(SupervisedProcess::terminate);
            processes.reversed().forEach(process -> process.awaitEnd(GRACE));
        }
    }
}
