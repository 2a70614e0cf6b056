package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.render.HostPort;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A WebSocket through two real nginx that run what was rendered. */
final class TwoHopIT {

    private final List<Process> running = new ArrayList<>();
    private final Path folder;
    private final RawUpgradeServer gateway;
    private int statusPort;

    TwoHopIT(@TempDir Path folder) throws IOException {
        // A space in the path, as in a home directory, must survive nginx's quoting.
        this.folder = Files.createDirectory(folder.resolve("run dir"));
        this.gateway = RawUpgradeServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (var process : running) {
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock", "tuned", "idle-timeout", "idle-timeout-fixed", "zero-window"})
    void shouldPassAWebSocketWhenProfileIs(String profile) throws Exception {
        var edge = chain(new Tuning(profile, Overrides.none()));
        var payload = new byte[300_000];
        new Random(7).nextBytes(payload);
        try (var client = RawUpgradeClient.connect(edge)) {
            assertThat(client.response()).startsWith("HTTP/1.1 101 ");
            assertThat(client.echo(payload)).isEqualTo(payload);
        }
        assertThat(gateway.requests().getFirst())
                .contains("Host: weir.test:" + edge + "\r\n", "Upgrade: websocket\r\n", "Connection: upgrade\r\n")
                .contains("X-Forwarded-For: 127.0.0.1, 127.0.0.1\r\n", "X-Forwarded-Proto: http\r\n");
    }

    @Test
    void shouldPassAWebSocketWhenSourcesAreBound() throws Exception {
        var edge = chain(new Tuning(
                "tuned",
                Overrides.parse(List.of("edge.proxy_bind=127.0.0.2,127.0.0.3", "ingress.proxy_bind=127.0.0.4"))));
        for (var count = 0; count < 8; count++) {
            try (var client = RawUpgradeClient.connect(edge)) {
                assertThat(client.response()).startsWith("HTTP/1.1 101 ");
            }
        }
        var forwarded = String.join("", gateway.requests());
        assertThat(forwarded).contains("127.0.0.1, 127.0.0.2\r\n").contains("127.0.0.1, 127.0.0.3\r\n");
    }

    @Test
    void shouldCloseAndLogAtInfoWhenIdle() throws Exception {
        var edge = chain(new Tuning(
                "idle-timeout",
                Overrides.parse(List.of("edge.proxy_read_timeout=500ms", "edge.proxy_send_timeout=500ms"))));
        try (var client = RawUpgradeClient.connect(edge)) {
            assertThat(client.millisToClose()).isBetween(300L, 5_000L);
        }
        assertThat(Files.readString(folder.resolve("edge/error.log")))
                .contains("[info]", "timed out (110: Connection timed out) while proxying upgraded connection");
        assertThat(eventually(folder.resolve("edge/access.log"), "status=101"))
                .contains("upstream_status=101 completion=OK connection=");
        assertThat(Files.readString(folder.resolve("ingress/error.log"))).doesNotContain("timed out");
    }

    @Test
    void shouldAnswerStatusOnItsOwnPort() throws Exception {
        chain(Tuning.of("tuned"));
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + statusPort + "/nginx_status"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).startsWith("Active connections: 1");
        }
    }

    /** Starts both hops and returns the port of the edge. */
    private int chain(Tuning tuning) throws Exception {
        var ports = freePorts(4);
        var edge = new HostPort("127.0.0.1", ports.get(0));
        var ingress = new HostPort("127.0.0.1", ports.get(1));
        statusPort = ports.get(2);
        nginx(Hop.INGRESS, tuning, ingress, new HostPort("127.0.0.1", gateway.port()), ports.get(3));
        nginx(Hop.EDGE, tuning, edge, ingress, statusPort);
        return edge.port();
    }

    private void nginx(Hop hop, Tuning tuning, HostPort listen, HostPort upstream, int status) throws Exception {
        var runDir = folder.resolve(hop.label());
        var wiring = new Wiring(List.of(listen), List.of(upstream), new HostPort("127.0.0.1", status), runDir);
        var request = new RenderRequest(hop, tuning, wiring, new Demand(100, HostReader.limits()));
        var file = ProxyConfig.at(Goldens.SHIPPED).render(request).write(runDir.resolve("nginx.conf"));
        var process = new ProcessBuilder(RealNginx.binary().command(file, runDir))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(hop.label() + ".out").toFile())
                .start();
        running.add(process);
        awaitListening(listen.port(), process, folder.resolve(hop.label() + ".out"));
    }

    private static void awaitListening(int port, Process process, Path output) throws Exception {
        for (var tries = 0; tries < 200; tries++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
                Thread.sleep(25);
            }
        }
        throw new AssertionError("nginx must listen: port=" + port + "\n" + Files.readString(output));
    }

    private static String eventually(Path file, String wanted) throws Exception {
        for (var tries = 0; tries < 100 && !Files.readString(file).contains(wanted); tries++) {
            Thread.sleep(20);
        }
        return Files.readString(file);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var held = new ArrayList<ServerSocket>();
        try {
            for (var number = 0; number < count; number++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }
}
