package dev.weir.loadgen.cli;

import dev.weir.loadgen.run.ScenarioRunner;
import dev.weir.loadgen.topology.GatewayLaunch;
import dev.weir.loadgen.topology.LocalTopology;
import dev.weir.proxy.HostReader;
import dev.weir.proxy.capacity.HostLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the commands that run scenarios share. */
final class Runs {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private Runs() {}

    /** {@code runs/<time>-<name>} under the current folder. */
    static Path newFolder(String name) {
        return Path.of("runs", LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + "-" + name);
    }

    /** What this machine allows. */
    static HostLimits limits() {
        return HostReader.limits();
    }

    /** Processes of this machine on loopback. */
    static LocalTopology topology() {
        return new LocalTopology(
                Home.proxies(),
                Home.nginx(),
                new GatewayLaunch(Home.folder(), Home.java()),
                limits(),
                new SecureRandom());
    }

    /** Runs scenarios on this machine; every line of progress is printed as it comes. */
    static ScenarioRunner runner(PrintWriter out) {
        return new ScenarioRunner(topology(), limits(), Version.number(), line -> {
            out.println("  " + line);
            out.flush();
        });
    }
}
