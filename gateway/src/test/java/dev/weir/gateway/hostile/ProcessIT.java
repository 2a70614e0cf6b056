package dev.weir.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.ChildGateway;
import dev.weir.gateway.server.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway as it ships, with little memory: clients that each stay within their own bounds and together want more than it has,
 * and publishers that ask for more than it should do at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProcessIT {
    private static final List<String> LITTLE_MEMORY = List.of("-XX:MaxDirectMemorySize=24m");
    private static final byte[] ALMOST_A_FRAME = Arrays.copyOf(RawClient.frame(0x81, new byte[65_000]), 60_000);
    private static final byte[] FRAGMENT = RawClient.frame(0x01, new byte[60_000]);
    private static final byte[] COMMANDS =
            RawClient.frame(0x81, "{\"id\":7,\"rpc\":0}".repeat(3800).getBytes(StandardCharsets.US_ASCII));

    private final ChildGateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;
    private final int port;

    ProcessIT(@TempDir Path directory) throws Exception {
        Path readyFile = directory.resolve("ready.json");
        gateway = ChildGateway.start(
                directory,
                LITTLE_MEMORY,
                "--insecure",
                "--port=0",
                "--api-port=0",
                "--api-key=k",
                "--ready-file=" + readyFile);
        JsonObject ready = gateway.ready(readyFile);
        port = ready.getJsonArray("ports").getInteger(0);
        api = "http://127.0.0.1:" + ready.getInteger("apiPort");
    }

    @BeforeAll
    void warmUp() throws Exception {
        assertThat(publish("n")).isEqualTo("{\"result\":{}}");
    }

    @AfterAll
    void stop() throws Exception {
        http.close();
        gateway.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String method, String body) {
        return HttpRequest.newBuilder(URI.create(api + "/api/" + method))
                .header("X-API-Key", "k")
                .POST(BodyPublishers.ofString(body));
    }

    private String publish(String channel) throws IOException, InterruptedException {
        return send(post("publish", "{\"channel\":\"" + channel + "\",\"data\":7}"))
                .body();
    }

    private RawClient attacker(byte[] bytes) throws IOException {
        RawClient client = new RawClient(port, 4096);
        client.send(RawClient.UPGRADE);
        client.readHead();
        client.sendText("{\"id\":1,\"connect\":{}}");
        client.readFrame();
        client.send(bytes);
        return client;
    }

    private void attack(byte[] bytes, int clients, int code) throws Exception {
        List<RawClient> hostile = new ArrayList<>();
        try (RawClient neighbour = RawClient.subscribed(port, "n")) {
            for (int i = 0; i < clients; i++) {
                hostile.add(attacker(bytes));
            }
            TimeUnit.MILLISECONDS.sleep(300);

            assertThat(send(HttpRequest.newBuilder(URI.create(api + "/metrics")))
                            .body())
                    .contains("client_num_server_disconnects{code=\"" + code + "\"}");
            publish("n");
            assertThat(neighbour.readFrame().text()).contains("\"data\":7");
            assertThat(gateway.log()).doesNotContain("ERROR", "OutOfMemory");
        } finally {
            for (RawClient client : hostile) {
                client.close();
            }
        }
    }

    @Test
    void shouldShedUnfinishedFrames() throws Exception {
        attack(ALMOST_A_FRAME, 400, 3013);
    }

    @Test
    void shouldShedUnfinishedMessages() throws Exception {
        attack(FRAGMENT, 400, 3013);
    }

    @Test
    void shouldShedUnreadAnswers() throws Exception {
        attack(COMMANDS, 200, 3008);
    }

    @Test
    void shouldPublishToAsManyChannelsAsOneCallMayName() throws Exception {
        JsonArray channels = new JsonArray(
                IntStream.range(0, 10_000).mapToObj(i -> "many" + i).toList());
        JsonObject body = new JsonObject().put("channels", channels).put("data", 1);
        try (RawClient last = RawClient.subscribed(port, "many9999")) {
            JsonArray responses = new JsonObject(
                            send(post("broadcast", body.encode())).body())
                    .getJsonObject("result")
                    .getJsonArray("responses");

            assertThat(responses).hasSize(10_000).containsOnly(new JsonObject().put("result", new JsonObject()));
            assertThat(last.readFrame().text()).contains("\"many9999\"");
        }
    }

    @Test
    void shouldJudgeChannelsAsThoseOfClients() throws Exception {
        assertThat(publish("news:x")).contains("\"code\":102");
        assertThat(publish("")).contains("\"code\":107");
        assertThat(publish("r\\u0430")).contains("\"code\":107");
        assertThat(publish("a\\r\\nb")).contains("\"code\":107");
        assertThat(publish("two words")).isEqualTo("{\"result\":{}}");
    }

    @Test
    void shouldRefuseWhatIsNoCommand() throws Exception {
        String command = "{\"channel\":\"n\",\"data\":1}";
        String large = "{\"channel\":\"n\",\"data\":\"" + "x".repeat(10_000_000) + "\"}";

        assertThat(send(post("publish", command).setHeader("X-API-Key", "l")).statusCode())
                .isEqualTo(401);
        assertThat(send(post("publish", large)).statusCode()).isEqualTo(413);
        assertThat(send(post("publish", "channel=n&data=1")).statusCode()).isEqualTo(400);
        assertThat(send(post("publish", command).setHeader("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(415);
        HttpRequest.Builder overridden = HttpRequest.newBuilder(URI.create(api + "/api/publish"))
                .header("X-API-Key", "k")
                .header("X-HTTP-Method-Override", "POST");
        assertThat(send(overridden).statusCode()).isEqualTo(405);
        assertThat(publish("n")).isEqualTo("{\"result\":{}}");
    }
}
