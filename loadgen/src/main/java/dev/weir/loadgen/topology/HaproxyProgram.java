package dev.weir.loadgen.topology;

import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.haproxy.HaproxyBinary;
import dev.weir.proxy.haproxy.HaproxyTest;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderedConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** HAProxy: a master, and one worker whose threads share a limit of descriptors. It logs to its standard output. */
record HaproxyProgram(HaproxyBinary haproxy) implements ProxyProgram {
    /** Name of its configuration. */
    static final String CONFIGURATION = "haproxy.cfg";
    /** Path and query of its page of figures. */
    static final String STATUS_PAGE = "/metrics?scope=global";

    private static final Duration TEST_MAX = Duration.ofSeconds(10);

    @Override
    public String kind() {
        return "haproxy";
    }

    @Override
    public String version() {
        return ProgramVersion.of(haproxy.file(), "-v", "version ");
    }

    @Override
    public ProgramVerdict test(RenderedConfig config, List<String> entrance) {
        // It opens no address to be tested.
        return new HaproxyTest(haproxy, TEST_MAX).test(config);
    }

    @Override
    public Path configuration(Path folder) {
        return folder.resolve(CONFIGURATION);
    }

    @Override
    public Path pidFile(Path folder) {
        return folder.resolve("haproxy.pid");
    }

    @Override
    public Path log(Path folder) {
        return folder.resolve(ProxyHop.OUTPUT);
    }

    @Override
    public List<String> command(Path folder) {
        return haproxy.command(configuration(folder), pidFile(folder));
    }

    @Override
    public URI status(HostPort at) {
        return URI.create("http://" + at + STATUS_PAGE);
    }
}
