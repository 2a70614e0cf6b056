package dev.weir.proxy.nginx;

import dev.weir.proxy.error.ProxyConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The nginx that is installed.
 *
 * @param file executable file
 */
public record NginxBinary(Path file) {

    /** Where distributions put it; not on the PATH of an ordinary user. */
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/nginx/sbin");

    /**
     * Finds nginx.
     *
     * @param named value of {@code NGINX_BIN}; empty to search
     * @param path value of {@code PATH}
     * @throws ProxyConfigException of kind ENVIRONMENT when there is none
     */
    public static NginxBinary find(String named, String path) {
        if (!named.isEmpty()) {
            var file = Path.of(named);
            if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
                throw ProxyConfigException.environment("NGINX_BIN must be an executable file: NGINX_BIN=" + named);
            }
            return new NginxBinary(file.toAbsolutePath());
        }
        return Stream.concat(Arrays.stream(path.split(":", -1)), SYSTEM_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new NginxBinary(file.toAbsolutePath()))
                .orElseThrow(() -> ProxyConfigException.environment("nginx must be installed: PATH=" + path
                        + "; install it ('apt-get install nginx-light') or set NGINX_BIN"));
    }

    /**
     * The command that runs a rendered configuration in the foreground.
     *
     * <p>{@code -e stderr}: what goes wrong before the configuration is read is written there, not to a file that an ordinary user
     * may not open (nginx 1.19.5 and later).
     *
     * @param configuration rendered file
     * @param prefix folder that relative paths are relative to
     */
    public List<String> command(Path configuration, Path prefix) {
        return List.of(file.toString(), "-e", "stderr", "-p", prefix + "/", "-c", configuration.toString());
    }
}
