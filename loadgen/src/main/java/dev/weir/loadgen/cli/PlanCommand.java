package dev.weir.loadgen.cli;

import dev.weir.loadgen.doctor.ThisHost;
import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.plan.CapacityPlan;
import dev.weir.loadgen.plan.HostFacts;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.report.PlanFile;
import dev.weir.loadgen.report.PlanReport;
import dev.weir.loadgen.units.Units;
import dev.weir.proxy.capacity.PortRange;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The arithmetic of a chain that need not exist yet. */
@Command(
        name = "plan",
        description =
                "Plan a chain: source ports, slots, descriptors and memory at every hop, and which limit comes first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Every process has a host of its own, unless --one-host. What is not given of the hosts is as on this one.",
            "Exit codes: 0 nothing breaks, 1 something would, 2 usage."
        })
final class PlanCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final int UPSTREAM_PORTS_MAX = 4_096;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Option(
            names = "--other-connections",
            paramLabel = "N",
            defaultValue = "0",
            description = "of other traffic through the same proxies, which take ports too (default: ${DEFAULT-VALUE})")
    private String others = "0";

    @Option(names = "--ports", paramLabel = "FIRST-LAST", description = "net.ipv4.ip_local_port_range of each host")
    private @Nullable String ports;

    @Option(
            names = "--upstream-ports",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "listening ports of each ingress and gateway; 0 takes as many as needed (default: ${DEFAULT-VALUE})")
    private int upstreamPorts = 1;

    @Option(names = "--descriptors", paramLabel = "N", description = "effective limit on open files of a process")
    private @Nullable String descriptors;

    @Option(names = "--memory", paramLabel = "SIZE", description = "of each host, e.g. 64g")
    private @Nullable String memory;

    @Option(names = "--cores", paramLabel = "N", description = "of each host")
    private @Nullable Integer cores;

    @Option(names = "--one-host", description = "all processes on one host, on loopback")
    private boolean oneHost;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (upstreamPorts < 0 || upstreamPorts > UPSTREAM_PORTS_MAX) {
            throw LabException.usage("--upstream-ports must be within 0 and " + UPSTREAM_PORTS_MAX + ": upstream-ports="
                    + upstreamPorts);
        }
        boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption("--upstream-ports");
        int listening = oneHost && !isGiven ? Station.AS_NEEDED : upstreamPorts;
        CapacityPlan plan = CapacityPlan.of(
                options.over(listening, oneHost, Units.smallCount("--other-connections", others)), host());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(PlanFile.json(plan));
        } else {
            PlanReport.plan(plan).forEach(out::println);
        }
        out.flush();
        return plan.first().isEmpty() ? ExitCodes.OK : ExitCodes.NOT_AS_EXPECTED;
    }

    /** This host with what was given in its place, and nothing running on it. */
    private HostFacts host() {
        HostFacts here = ThisHost.facts();
        HostFacts.Files files = here.files();
        HostFacts.Network network = here.network();
        long bytes = memory == null ? here.memory().totalBytes() : Units.size("--memory", memory);
        long limit = descriptors == null ? files.limit() : Units.count("--descriptors", descriptors);
        if (cores != null && cores < 1) {
            throw LabException.usage("--cores must be >= 1: cores=" + cores);
        }
        return new HostFacts(
                new HostFacts.Files(
                        limit,
                        files.tablesPermitted(),
                        Math.max(limit, files.ceiling()),
                        Math.max(limit, files.max()),
                        files.exemptFromMax()),
                new HostFacts.Network(
                        ports == null ? network.ports() : range(ports),
                        network.backlogMax(),
                        network.tcpMemoryPages(),
                        network.isTracked(),
                        network.flowsMax(),
                        0),
                new HostFacts.Memory(bytes, bytes),
                cores == null ? here.cores() : cores);
    }

    private static PortRange range(String text) {
        Matcher matcher = RANGE.matcher(text.strip());
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group(1));
            int last = Integer.parseInt(matcher.group(2));
            if (first >= 1 && first < last && last <= 65_535) {
                return new PortRange(first, last);
            }
        }
        throw LabException.usage("--ports must be two ports such as 1024-65535: ports=" + text);
    }
}
