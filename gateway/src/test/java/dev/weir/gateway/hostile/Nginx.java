package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One real nginx in front of a port, with what it needs to pass WebSockets on and its defaults otherwise. */
final class Nginx implements AutoCloseable {
    private static final String CONFIGURATION = """
            daemon off;
            pid nginx.pid;
            error_log error.log info;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_buffer_size 256k;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                map $http_upgrade $connection_upgrade { default upgrade; '' close; }
                server {
                    listen 127.0.0.1:LISTEN;
                    location / {
                        proxy_pass http://127.0.0.1:UPSTREAM;
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $connection_upgrade;
                        proxy_set_header Host $http_host;
                    }
                }
            }
            """;

    private final Process process;
    private final Path directory;
    private final int port;

    /** Starts one on a free port. */
    Nginx(Path directory, int upstreamPort) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = Files.writeString(
                directory.resolve("nginx.conf"),
                CONFIGURATION.replace("LISTEN", "" + port).replace("UPSTREAM", "" + upstreamPort));
        List<String> command =
                new ArrayList<>(List.of(binary(), "-p", directory + "/", "-e", "error.log", "-c", file.toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        awaitListening();
    }

    int port() {
        return port;
    }

    private void awaitListening() throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (process.isAlive() && System.nanoTime() < endNanos) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new IOException("nginx must start: " + Files.readString(directory.resolve("out")));
    }

    /** Where nginx is: {@code NGINX_BIN}, the path, or the usual place; without one the test is skipped, but fails in CI. */
    private static String binary() {
        Optional<String> named = Optional.ofNullable(System.getenv("NGINX_BIN"));
        Stream<String> folders = Stream.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":", -1));
        return named.or(() -> folders.map(folder -> folder + "/nginx")
                        .filter(file -> Files.isExecutable(Path.of(file)))
                        .findFirst())
                .orElseGet(() -> {
                    String why = "nginx must be installed; apt-get install nginx-light, or set NGINX_BIN";
                    return System.getenv("CI") == null ? abort(why) : fail(why);
                });
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
