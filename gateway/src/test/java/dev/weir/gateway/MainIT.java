package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldDeliverWhatIsPublishedAndDrainOnSigterm() throws Exception {
        Path readyFile = directory.resolve("ready.json");
        Path pidFile = directory.resolve("pid");
        try (HttpClient client = HttpClient.newHttpClient();
                ChildGateway gateway = ChildGateway.start(
                        directory,
                        "--port=0,0",
                        "--api-port=0",
                        "--api-key=k",
                        "--insecure",
                        "--pid-file=" + pidFile,
                        "--ready-file=" + readyFile)) {
            JsonObject ready = gateway.ready(readyFile);
            assertThat(ready.getLong("pid")).isEqualTo(gateway.pid());
            assertThat(ready.getJsonArray("ports")).hasSize(2);
            assertThat(Files.readString(pidFile).strip()).isEqualTo(Long.toString(gateway.pid()));
            String api = "http://127.0.0.1:" + ready.getInteger("apiPort");
            assertThat(get(client, api + "/ready")).isEqualTo(200);

            Listener listener = new Listener();
            URI target =
                    URI.create("ws://127.0.0.1:" + ready.getJsonArray("ports").getInteger(1) + "/connection/websocket");
            WebSocket socket =
                    client.newWebSocketBuilder().buildAsync(target, listener).get(5, TimeUnit.SECONDS);
            String commands = "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"news\"}}";
            socket.sendText(commands, true).get(5, TimeUnit.SECONDS);
            assertThat(listener.await("\"id\":2")).contains("\"subscribe\"");

            publish(client, api);
            assertThat(listener.await("\"push\"")).contains("\"channel\":\"news\"", "\"data\":{\"a\":1}");

            gateway.terminate();
            assertThat(listener.await("close ")).contains("close 3001");
            assertThat(gateway.exitCode()).as(gateway.log()).isZero();
            assertThat(pidFile).doesNotExist();
            assertThat(readyFile).doesNotExist();
            assertThat(gateway.log()).containsPattern("transport=(io_uring|epoll|nio) ");
            assertThat(gateway.log())
                    .contains("insecure: ", "ready: ws=0.0.0.0:", "drained in ")
                    .doesNotContain("WARNING");
        }
    }

    @Test
    void shouldNameThePortWhenItIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildGateway gateway = ChildGateway.start(
                        directory, "--host=127.0.0.1", "--port=" + taken.getLocalPort(), "--api-port=0")) {
            assertThat(gateway.exitCode()).isEqualTo(4);
            assertThat(gateway.log())
                    .startsWith("weir gateway: port must be free: port=" + taken.getLocalPort() + " (--port); ");
        }
    }

    @Test
    void shouldExitWith2WhenTheConfigurationIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("weir.yaml"), "porrt: 8000\nping_interval: 25\n");
        try (ChildGateway gateway = ChildGateway.start(directory, "--config=" + file, "--check-config")) {
            assertThat(gateway.exitCode()).isEqualTo(2);
            assertThat(gateway.log().lines()).hasSize(2).allMatch(line -> line.startsWith("weir gateway: "));
        }
    }

    @Test
    void shouldExitWith2WhenAFlagIsUnknown() throws Exception {
        try (ChildGateway gateway = ChildGateway.start(directory, "--prot", "1")) {
            assertThat(gateway.exitCode()).isEqualTo(2);
            assertThat(gateway.log()).startsWith("weir gateway: --prot must be a known flag; the nearest is --port");
        }
    }

    @Test
    void shouldExitWith4WhenTheHostDoesNotAllowTheConnections() throws Exception {
        try (ChildGateway gateway =
                ChildGateway.start(directory, "--max-connections=10m", "--descriptor-tables=off", "--check-config")) {
            assertThat(gateway.exitCode()).isEqualTo(4);
            assertThat(gateway.log()).contains("max_connections must be <= descriptors - reserve = ");
        }
    }

    @Test
    void shouldExitWith4WhenTheTransportIsNotThere() throws Exception {
        try (ChildGateway gateway = ChildGateway.start(
                directory, List.of("-Dio.netty.transport.noNative=true"), "--transport=epoll", "--insecure")) {
            assertThat(gateway.exitCode()).isEqualTo(4);
            assertThat(gateway.log())
                    .contains("weir gateway: transport must be one that this host has: transport=epoll (--transport; ");
        }
    }

    private static int get(HttpClient client, String uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static void publish(HttpClient client, String api) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/api/publish"))
                .header("X-API-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString("{\"channel\":\"news\",\"data\":{\"a\":1}}"))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"result\":{}}");
    }

    /** Lines received, and the close at the end. */
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            text.toString().lines().forEach(lines::add);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            lines.add("close " + code + " " + reason);
            return null;
        }

        /** The next line that contains {@code part}. */
        String await(String part) throws InterruptedException {
            String line = "";
            while (!line.contains(part)) {
                line = lines.poll(10, TimeUnit.SECONDS);
                assertThat(line).as("a line with %s", part).isNotNull();
            }
            return line;
        }
    }
}
