package dev.weir.proxy.haproxy;

import dev.weir.proxy.error.ProxyConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The HAProxy that is installed.
 *
 * @param file executable file
 */
public record HaproxyBinary(Path file) {

    /** Where distributions put it; not on the PATH of an ordinary user. */
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

    /**
     * Finds HAProxy.
     *
     * @param named value of {@code HAPROXY_BIN}; empty to search
     * @param path value of {@code PATH}
     * @throws ProxyConfigException of kind ENVIRONMENT when there is none
     */
    public static HaproxyBinary find(String named, String path) {
        if (!named.isEmpty()) {
            var file = Path.of(named);
            if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
                throw ProxyConfigException.environment("HAPROXY_BIN must be an executable file: HAPROXY_BIN=" + named);
            }
            return new HaproxyBinary(file.toAbsolutePath());
        }
        return Stream.concat(Arrays.stream(path.split(":", -1)), SYSTEM_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new HaproxyBinary(file.toAbsolutePath()))
                .orElseThrow(() -> ProxyConfigException.environment("haproxy must be installed: PATH=" + path
                        + "; install it ('apt-get install haproxy') or set HAPROXY_BIN"));
    }

    /**
     * The command that runs a rendered configuration in the foreground: a master, and a worker that serves.
     *
     * @param configuration rendered file
     * @param pidFile takes the master's process id
     */
    public List<String> command(Path configuration, Path pidFile) {
        return List.of(file.toString(), "-W", "-p", pidFile.toString(), "-f", configuration.toString());
    }
}
