package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.doctor.Loads;
import dev.weir.loadgen.doctor.Preflight;
import dev.weir.loadgen.doctor.ThisHost;
import dev.weir.loadgen.measure.Tally;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.TextReport;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Variant;
import dev.weir.loadgen.scenario.Wish;
import dev.weir.loadgen.topology.ComposeTopology;
import dev.weir.loadgen.topology.GatewayLaunch;
import dev.weir.loadgen.topology.LocalTopology;
import dev.weir.loadgen.topology.ProxyBinaries;
import dev.weir.loadgen.topology.Topologies;
import dev.weir.proxy.HostReader;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.haproxy.HaproxyBinary;
import dev.weir.proxy.nginx.NginxBinary;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs scenarios as the command line does: real nginx, a real gateway process, two hops. */
final class Lab {
    private static final RunMetrics METRICS = new RunMetrics();

    private Lab() {}

    /** What all runs of this process were told while they lasted. */
    static RunMetrics metrics() {
        return METRICS;
    }

    static Path home() {
        return Path.of(System.getProperty("weir.home", "..")).toAbsolutePath().normalize();
    }

    /** The nginx and HAProxy of this machine. */
    static ProxyBinaries binaries() {
        String path = System.getenv().getOrDefault("PATH", "");
        return new ProxyBinaries(
                () -> NginxBinary.find(System.getenv().getOrDefault("NGINX_BIN", ""), path),
                () -> HaproxyBinary.find(System.getenv().getOrDefault("HAPROXY_BIN", ""), path));
    }

    static Wish wish(int connections, Map<String, String> settings) {
        return new Wish(OptionalInt.of(connections), false, Optional.empty(), 1, 1, 1, Optional.empty(), settings);
    }

    static RunRecord run(Scenario scenario, String variant, Wish wish, Path folder) {
        return run(ProxyConfig.at(home().resolve("proxy-config")), scenario, variant, wish, folder);
    }

    static RunRecord run(ProxyConfig proxies, Scenario scenario, String variant, Wish wish, Path folder) {
        return run(proxies, scenario, variant, wish, folder, Optional.empty(), true);
    }

    /** On a topology by its name. */
    static RunRecord runOn(String name, Scenario scenario, String variant, Wish wish, Path folder) {
        return run(
                ProxyConfig.at(home().resolve("proxy-config")),
                scenario,
                variant,
                wish,
                folder,
                Optional.of(name),
                true);
    }

    /** With {@code --no-host-changes}. */
    static RunRecord runOnThisHostAsItIs(Scenario scenario, String variant, Wish wish, Path folder) {
        return run(
                ProxyConfig.at(home().resolve("proxy-config")),
                scenario,
                variant,
                wish,
                folder,
                Optional.empty(),
                false);
    }

    /** With {@code --capture}. */
    static RunRecord runCapturing(Scenario scenario, String variant, Wish wish, Path folder) {
        ProxyConfig proxies = ProxyConfig.at(home().resolve("proxy-config"));
        return run(
                proxies,
                new RunSetup(scenario, named(scenario, variant), wish, 42, folder, true),
                Optional.empty(),
                true);
    }

    static LocalTopology topology(ProxyConfig proxies) {
        return new LocalTopology(
                proxies,
                binaries(),
                new GatewayLaunch(home(), Path.of(System.getProperty("java.home"), "bin", "java")),
                HostReader.limits(),
                new SecureRandom());
    }

    /** Containers of the engine that answers. */
    static ComposeTopology compose(ProxyConfig proxies) {
        return new ComposeTopology(proxies, home(), HostReader.limits(), new SecureRandom(), line -> {});
    }

    private static RunRecord run(
            ProxyConfig proxies,
            Scenario scenario,
            String variant,
            Wish wish,
            Path folder,
            Optional<String> asked,
            boolean mayChangeHost) {
        return run(proxies, new RunSetup(scenario, named(scenario, variant), wish, 42, folder), asked, mayChangeHost);
    }

    private static Variant named(Scenario scenario, String variant) {
        return scenario.variants().stream()
                .filter(each -> each.name().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    private static RunRecord run(ProxyConfig proxies, RunSetup setup, Optional<String> asked, boolean mayChangeHost) {
        LocalTopology topology = topology(proxies);
        RunRecord record = new ScenarioRunner(
                        new Topologies(topology, topology.inNamespaces(), compose(proxies), asked, mayChangeHost),
                        HostReader.limits(),
                        new Preflight(new Loads(proxies, HostReader.limits()), ThisHost.facts(), false),
                        "test",
                        new Progress() {
                            @Override
                            public void say(String line) {}

                            @Override
                            public void saw(String phase, long target, Tally later) {
                                METRICS.add("lab", phase, target, later);
                            }

                            @Override
                            public void over() {
                                METRICS.end();
                            }
                        })
                .run(setup);
        assertThat(leftovers(setup.folder())).as("processes left behind").isEmpty();
        return record;
    }

    private static java.util.List<String> leftovers(Path folder) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    static void assertAsExpected(RunRecord record) {
        assertThat(record.verdict().asExpected())
                .as(String.join("\n", TextReport.lines(record)))
                .isTrue();
    }

    /** The cause on top rests on at least two figures, one of them not from the agents. */
    static Cause assertWellFounded(RunRecord record) {
        Cause top = record.causes().getFirst();
        assertThat(top.because()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(record.evidence().stream()
                        .filter(item -> top.because().contains(item.id()))
                        .map(item -> item.hop()))
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(hop -> !hop.equals("agents"));
        return top;
    }
}
