package dev.weir.loadgen.topology;

import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderedConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A program that can stand at a proxy hop: how it is asked about a configuration, how it is run, and where it says what. */
sealed interface ProxyProgram permits NginxProgram, HaproxyProgram {
    /** In records, e.g. {@code nginx}. */
    String kind();

    /** Its version, empty when it does not say. */
    String version();

    /**
     * What it says about a configuration; nothing is started.
     *
     * @param entrance what a command line begins with that sees the addresses of the hop
     */
    ProgramVerdict test(RenderedConfig config, List<String> entrance);

    /** Where its configuration is written, in the folder of its own. */
    Path configuration(Path folder);

    /** Takes the master's process id. */
    Path pidFile(Path folder);

    /** Takes what went wrong, and how connections ended. */
    Path log(Path folder);

    /** The command that runs it in the foreground. */
    List<String> command(Path folder);

    /** The page on which it says how many connections it has. */
    URI status(HostPort at);
}
