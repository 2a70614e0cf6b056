package dev.weir.loadgen.cli;

import dev.weir.loadgen.units.Units;
import dev.weir.proxy.ChainRequest;
import dev.weir.proxy.CheckOperation;
import dev.weir.proxy.CheckReport;
import dev.weir.proxy.DiffOperation;
import dev.weir.proxy.HostReader;
import dev.weir.proxy.ListOperation;
import dev.weir.proxy.Places;
import dev.weir.proxy.ProxyPrograms;
import dev.weir.proxy.RenderOperation;
import dev.weir.proxy.haproxy.HaproxyTest;
import dev.weir.proxy.nginx.NginxTest;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.TlsFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Templates and profiles: what they render to, whether that can work, how two differ, what there is. */
@Command(
        name = "proxy",
        description = "Render, check, compare and list the proxy templates and profiles.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "render|check|diff|list")
final class ProxyCommand implements Runnable {
    private static final Duration TEST_MAX = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(25);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of render, check, diff or list must be given");
    }

    /** What is rendered. */
    static final class What {
        @Option(
                names = "--profile",
                paramLabel = "NAME",
                defaultValue = "tuned",
                description = "default: ${DEFAULT-VALUE}")
        private String profile = "tuned";

        @Option(names = "--set", paramLabel = "HOP.SETTING=VALUE", description = "a value over the profile's own")
        private List<String> settings = List.of();

        @Option(
                names = {"-c", "--connections"},
                paramLabel = "N",
                defaultValue = "5k",
                description = "what each hop must carry (default: ${DEFAULT-VALUE})")
        private String connections = "5k";

        @Option(
                names = "--at",
                paramLabel = "HOP=HOST:PORT[-PORT]",
                description =
                        "where a hop stands when each has a network of its own; once for each of edge, ingress, gateway")
        private List<String> places = List.of();

        @Option(
                names = "--tls",
                paramLabel = "PEM",
                description =
                        "the edge accepts TLS, with the certificate and the private key that it finds in this file; absolute")
        private @Nullable Path tls;

        ChainRequest request(Path folder) {
            return new ChainRequest(
                    new Tuning(profile, Overrides.parse(settings)),
                    new Demand(Units.smallCount("--connections", connections), HostReader.limits()),
                    folder.toAbsolutePath().normalize(),
                    places.isEmpty() ? Optional.empty() : Optional.of(Places.parse(places)),
                    Optional.ofNullable(tls).map(TlsFiles::of));
        }
    }

    @Command(name = "list", description = "List every setting and profile.", mixinStandardHelpOptions = true)
    int list() {
        out().print(ListOperation.text(Home.proxies()));
        out().flush();
        return ExitCodes.OK;
    }

    @Command(
            name = "render",
            description = "Render the configuration of each hop into a folder.",
            mixinStandardHelpOptions = true)
    int render(
            @Mixin What what,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "DIR",
                            defaultValue = "rendered",
                            description = "folder (default: ${DEFAULT-VALUE})")
                    Path output,
            @Option(
                            names = "--tested",
                            description =
                                    "first what 'weir proxy check' does: nothing is written when the real nginx or haproxy refuses it")
                    boolean tested) {
        ChainRequest chain = what.request(output);
        if (tested && !checked(chain).accepted()) {
            return ExitCodes.NOT_AS_EXPECTED;
        }
        out().print(RenderOperation.run(Home.proxies(), chain));
        out().flush();
        return ExitCodes.OK;
    }

    @Command(
            name = "check",
            description =
                    "Check the rendered hops by named rules and by the real nginx -t or haproxy -c; exit code 1 when they fail.",
            mixinStandardHelpOptions = true)
    int check(@Mixin What what) {
        CheckReport report = checked(what.request(Home.folder().resolve(".weir/check")));
        return report.passed() ? ExitCodes.OK : ExitCodes.NOT_AS_EXPECTED;
    }

    /** Checks a chain and prints what there is to say. */
    private CheckReport checked(ChainRequest chain) {
        CheckReport report = CheckOperation.run(
                Home.proxies(),
                chain,
                Optional.of(HEARTBEAT),
                new ProxyPrograms(
                        () -> new NginxTest(Home.binaries().nginx().get(), TEST_MAX),
                        () -> new HaproxyTest(Home.binaries().haproxy().get(), TEST_MAX)));
        out().print(report.text());
        out().flush();
        return report;
    }

    @Command(
            name = "diff",
            description = "Compare a profile with another, or with itself under --set.",
            mixinStandardHelpOptions = true)
    int diff(
            @Mixin What what,
            @Parameters(paramLabel = "LEFT", description = "profile on the left, e.g. stock") String left,
            @Parameters(paramLabel = "RIGHT", arity = "0..1", description = "profile on the right (default: --profile)")
                    @Nullable
                    String right) {
        ChainRequest base = what.request(Home.folder().resolve(".weir/diff"));
        ChainRequest before = base.with(Tuning.of(left));
        String profile = right == null ? base.tuning().profile() : right;
        out().print(DiffOperation.run(
                        Home.proxies(),
                        before,
                        new Tuning(profile, base.tuning().overrides()))
                .text());
        out().flush();
        return ExitCodes.OK;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
