package dev.weir.loadgen.topology;

import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.nginx.NginxBinary;
import dev.weir.proxy.nginx.NginxTest;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderedConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** nginx: a master, and workers with a limit of descriptors each. */
record NginxProgram(NginxBinary nginx) implements ProxyProgram {
    /** Name of its configuration. */
    static final String CONFIGURATION = "nginx.conf";
    /** Path and query of its page of figures. */
    static final String STATUS_PAGE = "/nginx_status";

    private static final Duration TEST_MAX = Duration.ofSeconds(10);

    @Override
    public String kind() {
        return "nginx";
    }

    @Override
    public String version() {
        return ProgramVersion.of(nginx.file(), "-v", "nginx/");
    }

    @Override
    public ProgramVerdict test(RenderedConfig config, List<String> entrance) {
        return new NginxTest(nginx, TEST_MAX, entrance).test(config).verdict();
    }

    @Override
    public Path configuration(Path folder) {
        return folder.resolve(CONFIGURATION);
    }

    @Override
    public Path pidFile(Path folder) {
        return folder.resolve("nginx.pid");
    }

    @Override
    public Path log(Path folder) {
        return folder.resolve("error.log");
    }

    @Override
    public List<String> command(Path folder) {
        return nginx.command(configuration(folder), folder);
    }

    @Override
    public URI status(HostPort at) {
        return URI.create("http://" + at + STATUS_PAGE);
    }
}
