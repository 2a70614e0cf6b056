package dev.weir.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.config.ConfigException;
import dev.weir.gateway.config.ConfigReader;
import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.config.Sources;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiServerIT {
    private final FakeHub hub = new FakeHub();
    private final AtomicReference<Readiness> readiness = new AtomicReference<>(new Readiness.Serving(hub));
    private final GatewayMetrics metrics = new GatewayMetrics("weir_", Node.starting("test", "1.2.3"), readiness::get);
    private final Vertx vertx = Vertx.builder()
            .with(metrics.vertxOptions())
            .withMetrics(metrics.vertxFactory())
            .build();
    private final HttpClient client = HttpClient.newHttpClient();
    private String base = "";

    @BeforeAll
    void listen() throws Exception {
        GatewayConfig config = config(Map.of("api_port", "0", "api_key", "s3cret"));
        ApiServer server = ApiServer.listen(vertx, config, Node.starting("test", "1.2.3"), metrics, readiness::get)
                .await(10, TimeUnit.SECONDS);
        base = "http://127.0.0.1:" + server.port();
    }

    @AfterAll
    void close() throws Exception {
        client.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void reset() {
        hub.calls.clear();
        readiness.set(new Readiness.Serving(hub));
    }

    @Test
    void shouldPublish() throws Exception {
        HttpResponse<String> response = api("publish", "{\"channel\":\"news\",\"data\":{\"a\" : 1}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"result\":{}}");
        assertThat(hub.calls).containsExactly("publish news {\"a\" : 1}");
    }

    @Test
    void shouldAnswerEachChannelOfABroadcast() throws Exception {
        assertThat(api("broadcast", "{\"channels\":[\"a\",\"é\",\"broken\",\"b\"],\"data\":1}")
                        .body())
                .isEqualTo(
                        "{\"result\":{\"responses\":[{\"result\":{}},"
                                + "{\"error\":{\"code\":107,\"message\":\"bad request: channel must be 1 to 255 printable ASCII characters:"
                                + " length=1\"}},"
                                + "{\"error\":{\"code\":100,\"message\":\"internal server error: a loop is gone\"}},{\"result\":{}}]}}");
        assertThat(hub.calls).containsExactly("publish a 1", "publish b 1");
    }

    @Test
    void shouldBoundTheChannelsOfOneCall() throws Exception {
        String channels = "\"c\",".repeat(100_000);

        assertThat(api("broadcast", "{\"channels\":[" + channels + "\"c\"],\"data\":1}")
                        .body())
                .contains("\"code\":106");
        assertThat(hub.calls).isEmpty();
    }

    @Test
    void shouldRefuseAMessageThatNoQueueCouldHold() throws Exception {
        assertThat(api("publish", "{\"channel\":\"a\",\"data\":\"" + "x".repeat(1_048_576) + "\"}")
                        .body())
                .contains("\"code\":106")
                .contains("slow_consumer_bytes=1048576");
    }

    @Test
    void shouldListChannels() throws Exception {
        assertThat(api("channels", "{}").body()).contains("\"news\":{\"num_clients\":2}", "\"chat-1\"");
        assertThat(api("channels", "{\"pattern\":\"ch?t*\"}").body())
                .isEqualTo("{\"result\":{\"channels\":{\"chat-1\":{\"num_clients\":1}}}}");
    }

    @Test
    void shouldDescribeTheNode() throws Exception {
        assertThat(api("info", "{}").body())
                .contains(
                        "\"name\":\"test\"",
                        "\"version\":\"1.2.3\"",
                        "\"num_clients\":3",
                        "\"num_users\":1",
                        "\"num_channels\":2",
                        "\"num_subs\":5",
                        "\"uptime\":");
    }

    @Test
    void shouldDisconnectAUser() throws Exception {
        assertThat(api("disconnect", "{\"user\":\"42\",\"disconnect\":{\"code\":4000,\"reason\":\"out\"}}")
                        .body())
                .isEqualTo("{\"result\":{}}");
        assertThat(hub.calls).containsExactly("disconnect '42' '' 4000 out");
    }

    @Test
    void shouldAnswerCommandErrorsWith200UnlessTheTransportIsAskedFor() throws Exception {
        HttpResponse<String> plain = api("presence", "{}");
        HttpResponse<String> transport =
                send(post("/api/presence", "{}").header("X-Centrifugo-Error-Mode", "transport"));

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.body()).isEqualTo("{\"error\":{\"code\":108,\"message\":\"not available: presence\"}}");
        assertThat(transport.statusCode()).isEqualTo(400);
        assertThat(transport.body()).isEqualTo("{\"code\":108,\"message\":\"not available: presence\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "X-API-Key, s3cret, 200",
        "X-API-Key, S3cret, 401",
        "Authorization, apikey s3cret, 200",
        "Authorization, ApiKey s3cret, 200",
        "Authorization, Bearer s3cret, 401",
        "X-Other, s3cret, 401"
    })
    void shouldWantTheKeyInAHeader(String header, String value, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/info"))
                .POST(BodyPublishers.ofString("{}"))
                .header(header, value);

        assertThat(send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldTakeTheKeyAsAParameter() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/info?api_key=s3cret"))
                .POST(BodyPublishers.ofString("{}"));

        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/publish, 405",
        "DELETE, /health, 405",
        "POST, /api/nothing, 404",
        "GET, /, 404",
        "GET, /api, 404"
    })
    void shouldRefuseOtherPathsAndMethods(String method, String path, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, BodyPublishers.noBody())
                .header("X-API-Key", "s3cret");

        assertThat(send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldRefuseABodyThatIsNotJson() throws Exception {
        assertThat(api("publish", "channel=a").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeAndStayUsable() throws Exception {
        byte[] tenMegabytes = new byte[10 << 20];

        assertThat(statusOrCut(post("/api/publish", "").POST(BodyPublishers.ofByteArray(tenMegabytes))))
                .isEqualTo(413);
        assertThat(api("info", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldReadABodyAsItIsWhenAClientCallsItAForm() throws Exception {
        String text = "x".repeat(100_000);
        HttpRequest.Builder request = post("/api/publish", "{\"channel\":\"a\",\"data\":\"" + text + "\"}")
                .header("Content-Type", "application/x-www-form-urlencoded");

        assertThat(send(request).body()).isEqualTo("{\"result\":{}}");
    }

    @Test
    void shouldInflateNothing() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        HttpRequest.Builder request = post("/api/info", "")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray()))
                .header("Content-Encoding", "gzip");

        assertThat(send(request).statusCode()).isEqualTo(415);
        assertThat(ApiServer.options(config(Map.of()).api()))
                .matches(options -> !options.isDecompressionSupported() && !options.isCompressionSupported())
                .matches(options -> !options.getPerMessageWebSocketCompressionSupported()
                        && !options.getPerFrameWebSocketCompressionSupported());
    }

    @Test
    void shouldTellHealthFromReadiness() throws Exception {
        readiness.set(new Readiness.Starting());
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("{\"status\":\"starting\"}");
        assertThat(api("info", "{}").statusCode()).isEqualTo(503);

        readiness.set(new Readiness.Serving(hub));
        assertThat(get("/ready").statusCode()).isEqualTo(200);

        readiness.set(new Readiness.Draining(hub));
        assertThat(get("/ready").body()).isEqualTo("{\"status\":\"draining\"}");
        assertThat(api("info", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowTheNamesThatDashboardsKnow() throws Exception {
        assertThat(get("/metrics").body().lines())
                .contains(
                        "weir_node_num_clients 3.0",
                        "weir_node_num_users 1.0",
                        "weir_node_num_subscriptions 5.0",
                        "weir_node_num_channels 2.0",
                        "weir_node_num_nodes 1.0",
                        "weir_node_messages_sent_count 9.0",
                        "weir_node_messages_received_count 8.0",
                        "weir_client_connections_accepted{transport=\"websocket\"} 7.0",
                        "weir_client_connections_inflight{transport=\"websocket\"} 4.0",
                        "weir_client_num_server_disconnects{code=\"3008\"} 13.0",
                        "weir_client_num_server_disconnects{code=\"3012\"} 1.0",
                        "weir_client_num_reply_errors{code=\"107\"} 14.0",
                        "weir_transport_outgoing_close_count{transport=\"websocket\"} 14.0",
                        "weir_transport_messages_sent_size{transport=\"websocket\"} 1100.0",
                        "weir_transport_messages_received_size{transport=\"websocket\"} 1000.0",
                        "weir_queued_bytes 600.0",
                        "weir_dropped_messages_count 12.0",
                        "weir_refused_count{reason=\"origin\"} 15.0",
                        "weir_event_loop_delay_millis_max 16.0",
                        "weir_client_ping_pong_duration_seconds_bucket{transport=\"websocket\",le=\"0.005\"} 1",
                        "weir_client_ping_pong_duration_seconds_bucket{transport=\"websocket\",le=\"0.1\"} 3",
                        "weir_client_ping_pong_duration_seconds_bucket{transport=\"websocket\",le=\"2.5\"} 6",
                        "weir_client_ping_pong_duration_seconds_bucket{transport=\"websocket\",le=\"+Inf\"} 10",
                        "weir_client_ping_pong_duration_seconds_count{transport=\"websocket\"} 10",
                        "weir_client_ping_pong_duration_seconds_sum{transport=\"websocket\"} 50.0",
                        "weir_build{version=\"1.2.3\"} 1.0")
                .anyMatch(line -> line.startsWith("weir_process_open_descriptors "))
                .anyMatch(line -> line.startsWith("weir_process_descriptor_limit "))
                .anyMatch(line -> line.startsWith("weir_heap_used_bytes "))
                .anyMatch(line -> line.startsWith("vertx_http_server_requests_total"));
    }

    @Test
    void shouldShowTheProcessBeforeThereAreConnections() throws Exception {
        readiness.set(new Readiness.Starting());

        assertThat(get("/metrics").body()).contains("weir_heap_used_bytes").doesNotContain("weir_node_num_clients");
    }

    @Test
    void shouldShowWhatAFullCollectionLeavesAndNotTheGarbage() throws Exception {
        byte[][] garbage = new byte[16][1 << 20];
        double whileLive = afterCollection();
        assertThat(garbage[15]).isNotNull();
        garbage = new byte[0][];

        double whenGone = afterCollection();

        assertThat(garbage).isEmpty();
        assertThat(whileLive - whenGone).as("16 MiB were let go").isGreaterThan(12e6);
    }

    private double afterCollection() throws Exception {
        System.gc();
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("weir_heap_after_gc_bytes "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private int statusOrCut(HttpRequest.Builder request) throws InterruptedException {
        try {
            return send(request).statusCode();
        } catch (IOException e) {
            // The server answers and closes while the body is still on its way; the answer may then be lost to a reset.
            return 413;
        }
    }

    private HttpResponse<String> api(String method, String body) throws Exception {
        return send(post("/api/" + method, body));
    }

    private HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .POST(BodyPublishers.ofString(body))
                .header("X-API-Key", "s3cret");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static GatewayConfig config(Map<String, String> flags) throws ConfigException {
        return ConfigReader.read(new Sources(Optional.empty(), Map.of(), flags)).config();
    }
}
