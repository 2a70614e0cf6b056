package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.proxy.CheckOperation;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.check.Finding;
import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.check.Rules;
import dev.weir.proxy.check.Severity;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.RenderedConfig;
import dev.weir.proxy.render.TlsFiles;
import dev.weir.proxy.render.Wiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The proxies of one hop: rendered from the user's templates, checked by the program itself, started. */
final class ProxyHop {
    /** Takes what a proxy prints. */
    static final String OUTPUT = "output.log";

    private final ProxyConfig proxies;
    private final ProxyBinaries binaries;
    private final HostLimits limits;
    private final Chain chain;
    private final Hop hop;
    private final boolean refuses;

    ProxyHop(ProxyConfig proxies, ProxyBinaries binaries, HostLimits limits, Chain chain, Hop hop, boolean refuses) {
        this.proxies = proxies;
        this.binaries = binaries;
        this.limits = limits;
        this.chain = chain;
        this.hop = hop;
        this.refuses = refuses;
    }

    /**
     * Where one process stands.
     *
     * @param name of the hop
     * @param folder its own
     * @param listen where it accepts, at least one
     * @param upstreams where the next hop accepts
     * @param status where its status page is
     */
    record Place(String name, Path folder, List<HostPort> listen, List<HostPort> upstreams, HostPort status) {}

    /** Starts one process and waits until it accepts. */
    RunningHop start(LocalChain running, Place place) {
        Optional<TlsFiles> tls = hop == Hop.EDGE ? running.tls() : Optional.empty();
        RenderedConfig rendered = render(place, running.ground().sources(place.name()), tls);
        if (refuses) {
            refuseWhatCannotCarry(rendered);
        }
        ProxyProgram program = binaries.program(rendered.request().kind());
        refuseWhatIsRejected(program, rendered, running.ground().entrance(place.name()));
        Path folder = place.folder();
        rendered.write(program.configuration(folder));
        delete(program.pidFile(folder));
        List<String> command = new ArrayList<>(running.ground().prefix(hop.label(), place.name()));
        command.addAll(program.command(folder));
        SupervisedProcess process = SupervisedProcess.start(place.name(), command, folder.resolve(OUTPUT));
        running.own(process);
        HopStart.awaitPort(process, place.listen().getLast());
        // It may listen before it writes its process id.
        HopStart.awaitPid(process, program.pidFile(folder));
        long pid = HopStart.pid(program.pidFile(folder));
        HopStart.awaitRest(process, pid);
        return new RunningHop(
                place.name(),
                program.kind(),
                program.version(),
                pid,
                ports(place.listen()),
                ports(place.upstreams()),
                program.log(folder),
                Optional.of(program.status(place.status())),
                Optional.empty(),
                digest(rendered.text()),
                withTls(requested(rendered), tls),
                withTls(rendered.effective(), tls),
                Optional.empty());
    }

    private static Map<String, String> withTls(Map<String, String> settings, Optional<TlsFiles> tls) {
        Map<String, String> all = new HashMap<>(settings);
        tls.ifPresent(files -> all.put(Overrides.TLS, "on"));
        return all;
    }

    /** What an earlier try left would be read as this one's. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw LabException.environment("a file of an earlier run must be removable: file=" + file + "; " + e, e);
        }
    }

    /** A hop with several addresses connects from all of them, unless a setting says otherwise. */
    private RenderedConfig render(Place place, List<String> sources, Optional<TlsFiles> tls) {
        int share = (chain.connections() + processes() - 1) / processes();
        Map<String, String> overrides = new HashMap<>();
        ChainStarter.settings(chain, hop.label())
                .forEach((name, value) -> overrides.put(hop.label() + "." + name, value));
        if (sources.size() > 1) {
            overrides.putIfAbsent(hop.label() + ".proxy_bind", String.join(",", sources));
        }
        return proxies.render(new RenderRequest(
                hop,
                new Tuning(chain.profile(), Overrides.translated(overrides)),
                new Wiring(place.listen(), place.upstreams(), place.status(), place.folder(), tls),
                new Demand(share, limits)));
    }

    /** Slots, descriptors and ports that are fewer than the connections take: refused before load, with the numbers. */
    private void refuseWhatCannotCarry(RenderedConfig rendered) {
        List<String> refused = Rules.evaluate(List.of(CheckOperation.facts(rendered)), Optional.empty()).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> capacity(finding)
                        .filter(resource -> !chain.strains(resource, hop.label()))
                        .isPresent())
                .map(Finding::message)
                .toList();
        if (!refused.isEmpty()) {
            throw LabException.environment(String.join("\n", refused));
        }
    }

    /** What runs out, where a finding is one of capacity. */
    private static Optional<Resource> capacity(Finding finding) {
        return switch (finding) {
            case Finding.WorkerConnectionsBelowBudget slots -> Optional.of(Resource.WORKER_SLOTS);
            case Finding.DescriptorLimitBelowSlots descriptors -> Optional.of(Resource.FILE_DESCRIPTORS);
            case Finding.EphemeralPortsPerUpstreamBelowBudget ports -> Optional.of(Resource.SOURCE_PORTS);
            case Finding.MaxConnsBelowBudget servers -> Optional.of(Resource.ADMISSION_LIMIT);
            case Finding.MaxconnBelowBudget slots -> Optional.of(Resource.WORKER_SLOTS);
            case Finding.DescriptorLimitBelowMaxconn descriptors -> Optional.of(Resource.FILE_DESCRIPTORS);
            case Finding.TunnelTimeoutBelowHeartbeat timeout -> Optional.empty();
            case Finding.ProxyReadTimeoutBelowHeartbeat timeout -> Optional.empty();
            case Finding.ProxyReadTimeoutWithoutHeartbeat timeout -> Optional.empty();
            case Finding.InnerTimeoutBelowOuter timeout -> Optional.empty();
            case Finding.DescriptorLimitAboveHost descriptors -> Optional.empty();
            case Finding.BusyBuffersOutOfRange buffers -> Optional.empty();
            case Finding.AcceptSkew skew -> Optional.empty();
            case Finding.CountsWithoutZone counts -> Optional.empty();
            case Finding.ErrorLogHidesTimeouts level -> Optional.empty();
        };
    }

    private static void refuseWhatIsRejected(ProxyProgram program, RenderedConfig rendered, List<String> entrance) {
        ProgramVerdict verdict = program.test(rendered, entrance);
        if (!verdict.accepted()) {
            throw LabException.config(String.join("\n", verdict.reasons()));
        }
    }

    private static List<Integer> ports(List<HostPort> addresses) {
        return addresses.stream().map(HostPort::port).distinct().toList();
    }

    private int processes() {
        return hop == Hop.EDGE ? chain.edges() : chain.ingresses();
    }

    private static Map<String, String> requested(RenderedConfig rendered) {
        Map<String, String> requested = new HashMap<>();
        rendered.resolved().values().forEach((name, value) -> requested.put(name, value.text()));
        return requested;
    }

    /** As records have it. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
