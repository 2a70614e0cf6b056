package dev.weir.loadgen.evidence;

import dev.weir.loadgen.outcome.Missing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which probes a chain needs, and which it cannot have.
 *
 * <p>Hops that share a network namespace share its counters, so these stand under the hop {@code host} when the namespace is this process's own, or
 * under the joined names; a hop with a namespace to itself has counters of its own.
 *
 * @param probes to be read
 * @param missing what can never be read, known before the start
 */
record ProbePlan(List<Probe> probes, List<Missing> missing) {
    /** Log of a server that is no proxy. */
    static final String SERVER_LOG = "server-log";

    static ProbePlan of(List<HopTarget> hops) {
        List<Probe> probes = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        probes.add(new HostProbe());
        probes.add(new PressureProbe());
        probes.add(new KernelLogProbe(hops));
        perNamespace(hops, probes, missing);
        for (HopTarget hop : hops) {
            if (hop.kind() == HopKind.ROUTER) {
                continue;
            }
            probes.add(new ProcessProbe(hop));
            probes.add(new QuotaProbe(hop));
            if (hop.kind() != HopKind.AGENTS) {
                probes.add(new CgroupProbe(hop));
            }
            programProbes(hop, probes, missing);
            hop.events().ifPresent(file -> probes.add(new ContainerProbe(hop.name(), file)));
            hop.metrics().ifPresent(uri -> probes.add(new MetricsProbe(hop.name(), uri)));
            if (hop.kind() == HopKind.GATEWAY && hop.metrics().isEmpty()) {
                missing.add(new Missing(hop.name(), "gateway", "no metrics URL given"));
            }
        }
        return new ProbePlan(List.copyOf(probes), List.copyOf(missing));
    }

    /** What a hop's program writes and shows of itself. */
    private static void programProbes(HopTarget hop, List<Probe> probes, List<Missing> missing) {
        String name = hop.name();
        switch (hop.kind()) {
            case NGINX -> {
                read(hop.errorLog(), path -> new ErrorLogProbe(name, path), noLog(name), probes, missing);
                read(hop.status(), uri -> new StatusProbe(name, uri), noStatus(name, "nginx-status"), probes, missing);
            }
            case HAPROXY -> {
                read(hop.errorLog(), path -> new HaproxyLogProbe(name, path), noLog(name), probes, missing);
                read(
                        hop.status(),
                        uri -> new HaproxyStatusProbe(name, uri),
                        noStatus(name, "haproxy-status"),
                        probes,
                        missing);
            }
            case GATEWAY, OTHER, ROUTER, AGENTS ->
                hop.errorLog().ifPresent(path -> probes.add(new ServerLogProbe(name, SERVER_LOG, path)));
        }
    }

    private static <T> void read(
            Optional<T> source,
            Function<T, Probe> probe,
            Missing otherwise,
            List<Probe> probes,
            List<Missing> missing) {
        source.map(probe).ifPresentOrElse(probes::add, () -> missing.add(otherwise));
    }

    private static Missing noLog(String hop) {
        return new Missing(hop, ErrorLogProbe.NAME, "no log path given");
    }

    private static Missing noStatus(String hop, String probe) {
        return new Missing(hop, probe, "no status URL given");
    }

    private static void perNamespace(List<HopTarget> hops, List<Probe> probes, List<Missing> missing) {
        String own =
                ProcessFiles.networkNamespace(ProcessHandle.current().pid()).orElse("own");
        Map<String, List<HopTarget>> byNamespace = new LinkedHashMap<>();
        for (HopTarget hop : hops) {
            String namespace = ProcessFiles.networkNamespace(hop.pid()).orElse(own);
            byNamespace.computeIfAbsent(namespace, name -> new ArrayList<>()).add(hop);
        }
        byNamespace.forEach((namespace, sharing) -> {
            boolean ours = namespace.equals(own);
            String label = ours
                    ? EvidenceCollector.HOST
                    : String.join("+", sharing.stream().map(HopTarget::name).toList());
            long pid = ours ? ProcessHandle.current().pid() : sharing.getFirst().pid();
            probes.add(CounterProbe.netstat(label, pid));
            probes.add(CounterProbe.snmp(label, pid));
            probes.add(new SockstatProbe(label, pid));
            probes.add(new ConnectProbe(label, pid));
            probes.add(new InterfaceProbe(label, pid, ours));
            List<String> enter = ours ? List.of() : List.of("nsenter", "-t", Long.toString(pid), "-n");
            probes.add(new ConntrackProbe(label, pid, enter));
            probes.add(new NamespaceProbe(label, enter));
            if (sharing.stream().allMatch(hop -> hop.kind() == HopKind.ROUTER)) {
                return;
            }
            if (SocketTable.filter(sharing).isEmpty()) {
                missing.add(new Missing(label, SocketProbe.NAME, "no port of these hops is known"));
            } else {
                probes.add(new SocketProbe(label, sharing, pid, enter));
            }
        });
    }
}
