package dev.weir.proxy.haproxy;

import dev.weir.proxy.check.Complaint;
import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.render.RenderedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets the real HAProxy test a configuration, {@code haproxy -c}. It opens nothing and leaves nothing.
 *
 * <p><b>Threading:</b> blocks the caller. <b>Bounds:</b> the time limit, after which HAProxy is killed.
 */
public final class HaproxyTest {
    /** What it prints of a line, e.g. {@code [ALERT] (7) : config : parsing [/tmp/x.cfg:12] : unknown keyword …}. */
    private static final Pattern LINE = Pattern.compile(
            "\\[(ALERT|WARNING)]\\s*\\(\\d+\\) : (?:config : )?(?:parsing \\[[^\\]]*:(\\d+)] ?: ?)?(.*)");

    private final HaproxyBinary haproxy;
    private final Duration timeout;

    /**
     * A test by one HAProxy.
     *
     * @param haproxy which
     * @param timeout longest that a test may take; a host name in the upstreams makes HAProxy ask DNS
     */
    public HaproxyTest(HaproxyBinary haproxy, Duration timeout) {
        this.haproxy = haproxy;
        this.timeout = timeout;
    }

    /**
     * Tests one configuration.
     *
     * @throws ProxyConfigException of kind ENVIRONMENT when HAProxy cannot be started or does not end in time
     */
    public ProgramVerdict test(RenderedConfig config) {
        Path scratch = null;
        try {
            scratch = Files.createTempFile("weir-haproxy-test-", ".cfg");
            Files.writeString(scratch, config.text());
            return test(scratch, config);
        } catch (IOException e) {
            throw ProxyConfigException.environment(
                    "haproxy must be startable: file=" + haproxy.file() + " (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProxyConfigException.environment("haproxy test must not be interrupted: file=" + haproxy.file());
        } finally {
            delete(scratch);
        }
    }

    private ProgramVerdict test(Path file, RenderedConfig config) throws IOException, InterruptedException {
        var printed = Files.createTempFile("weir-haproxy-test-", ".out");
        var process = new ProcessBuilder(List.of(haproxy.file().toString(), "-c", "-f", file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProxyConfigException.environment("haproxy -c must end in time: timeoutMillis="
                        + timeout.toMillis() + " (" + haproxy.file() + ")");
            }
            var output = Files.readString(printed);
            var complaints = output.lines()
                    .flatMap(line -> complaint(line, config).stream())
                    .toList();
            return new ProgramVerdict("haproxy -c", process.exitValue() == 0, complaints, output);
        } finally {
            process.destroyForcibly();
            delete(printed);
        }
    }

    /** One that names a line, traced to the template; the summaries after it say no more. */
    static Optional<Complaint> complaint(String line, RenderedConfig config) {
        var match = LINE.matcher(line.strip());
        if (!match.matches() || match.group(2) == null) {
            return Optional.empty();
        }
        var number = Integer.parseInt(match.group(2));
        var fatal = match.group(1).equals("ALERT");
        return Optional.of(new Complaint(
                fatal,
                "configuration must " + (fatal ? "be accepted by haproxy" : "not be warned of by haproxy") + ": line="
                        + config.text()
                                .lines()
                                .skip(number - 1L)
                                .findFirst()
                                .orElse("")
                                .strip() + " ("
                        + config.origin(number) + "); haproxy says: " + match.group(3)));
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw ProxyConfigException.environment("scratch file must be removable: file=" + file + " (" + e + ")");
        }
    }
}
