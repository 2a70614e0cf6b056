package dev.weir.proxy.nginx;

import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.render.RenderedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets the real nginx test a configuration, {@code nginx -t}.
 *
 * <p>nginx creates its pid file, logs and temporary folders even then, so the text is tested with its run directory moved to a scratch
 * folder, which is deleted afterwards. Lines stay where they are.
 *
 * <p><b>Threading:</b> blocks the caller. <b>Bounds:</b> the time limit, after which nginx is killed.
 */
public final class NginxTest {

    private final NginxBinary nginx;
    private final Duration timeout;
    private final List<String> prefix;

    /**
     * A test by one nginx.
     *
     * @param nginx which
     * @param timeout longest that a test may take; a host name in the upstreams makes nginx ask DNS
     */
    public NginxTest(NginxBinary nginx, Duration timeout) {
        this(nginx, timeout, List.of());
    }

    /**
     * A test by one nginx where the addresses that it listens on are.
     *
     * @param prefix what the command line begins with, e.g. {@code nsenter --net=FILE}; empty for nothing
     */
    public NginxTest(NginxBinary nginx, Duration timeout, List<String> prefix) {
        this.nginx = nginx;
        this.timeout = timeout;
        this.prefix = List.copyOf(prefix);
    }

    /**
     * Tests one configuration.
     *
     * @throws ProxyConfigException of kind ENVIRONMENT when nginx cannot be started or does not end in time
     */
    public NginxVerdict test(RenderedConfig config) {
        try {
            var scratch = Files.createTempDirectory("weir-nginx-test-");
            try {
                return testIn(scratch, config);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw ProxyConfigException.environment("nginx must be startable: file=" + nginx.file() + " (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProxyConfigException.environment("nginx test must not be interrupted: file=" + nginx.file());
        }
    }

    private NginxVerdict testIn(Path scratch, RenderedConfig config) throws IOException, InterruptedException {
        var runDir = config.request().wiring().runDir().toString();
        var file = scratch.resolve("test.conf");
        Files.createDirectory(scratch.resolve("temp"));
        Files.writeString(file, config.text().replace(runDir + "/", scratch + "/"));
        var printed = scratch.resolve("printed");
        var command = new ArrayList<>(prefix);
        command.addAll(nginx.command(file, scratch));
        command.add("-t");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProxyConfigException.environment(
                        "nginx -t must end in time: timeoutMillis=" + timeout.toMillis() + " (" + nginx.file() + ")");
            }
        } finally {
            process.destroyForcibly();
        }
        var output = Files.readString(printed).replace(scratch + "/", runDir + "/");
        return new NginxVerdict(process.exitValue() == 0, new ComplaintParser(config).parse(output), output);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> inside;
        try (var walk = Files.walk(folder)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : inside) {
            Files.deleteIfExists(path);
        }
    }
}
