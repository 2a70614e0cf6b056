package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.client.PushServer;
import dev.weir.loadgen.client.RawServer;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.report.RecordFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class LoadCommandIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int weir(String... arguments) {
        CommandLine line = CommandLines.create();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void shouldHoldDeliverAndRecordWhenAllIsWell() throws IOException {
        try (PushServer server = new PushServer()) {
            int code = weir(
                    "load",
                    "--target=" + server.target(),
                    "-c200",
                    "-R2k/s",
                    "-d1s",
                    "--rooms=4",
                    "--publish=20/s",
                    "--publish-to=" + server.api(),
                    "--api-key=key",
                    "--threshold=lost<1",
                    "--threshold=p(99)<30s",
                    "-o" + folder);
            assertThat(out.toString()).contains("✓ lost<1  measured 0").contains(" p(99)<30s  measured");
            // A machine that is busy with other tests may saturate the generator, which voids the latency.
            assertThat(code).as(out + "\n" + err).isIn(ExitCodes.OK, ExitCodes.INCONCLUSIVE);
        }
        RunRecord record = RecordFile.read(folder.resolve("load"));
        assertThat(record.phases()).extracting(phase -> phase.name()).containsExactly("ramp", "hold");
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(200);
        assertThat(record.phases().getLast().deliveries().delivered()).isGreaterThan(500);
        assertThat(record.phases().getLast().deliveries().lost()).isZero();
        assertThat(folder.resolve("load/latency.hlog")).content().contains("Tag=deliverIntended");
    }

    @Test
    void shouldExit99WhenAThresholdFails() {
        try (PushServer server = new PushServer()) {
            int code = weir("load", "--target=" + server.target(), "-c5", "-d0", "--threshold", "failed<0");
            assertThat(code).isEqualTo(ExitCodes.THRESHOLD);
            assertThat(out.toString()).contains("✗ failed<0  measured 0");
        }
    }

    @Test
    void shouldLoadFromChildrenWhenAgentsAreAskedFor() {
        try (PushServer server = new PushServer()) {
            int code = weir(
                    "load",
                    "--target=" + server.target(),
                    "--stage=200ms:20",
                    "--stage=200ms:51",
                    "-d0",
                    "--agents=2",
                    "--json");
            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString()).startsWith("{").contains("\"opened\" : 51");
        }
    }

    @Test
    void shouldServeMetricsWhileItLasts() throws Exception {
        int port = freePort();
        String page = "http://127.0.0.1:" + port + "/metrics";
        try (PushServer server = new PushServer()) {
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                    () -> weir("load", "--target=" + server.target(), "-c20", "-d4s", "--metrics=127.0.0.1:" + port));
            List<String> last = List.of();
            while (!code.isDone() && !last.contains("weir_run_phase{phase=\"hold\",run=\"load\"} 1.0")) {
                last = lines(page);
                Thread.sleep(50);
            }
            assertThat(last)
                    .contains(
                            "weir_run_phase{phase=\"hold\",run=\"load\"} 1.0",
                            "weir_run_connections_target 20.0",
                            "weir_run_connections_held 20.0",
                            "weir_run_connections_opened_total 20.0");
            assertThat(code.get(60, TimeUnit.SECONDS)).as(out + "\n" + err).isZero();
        }
        assertThat(lines(page)).as("nothing listens afterwards").isEmpty();
    }

    @Test
    void shouldExit4BeforeAnyConnectionWhenThePortForMetricsIsTaken() throws IOException {
        try (PushServer server = new PushServer();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String at = "127.0.0.1:" + taken.getLocalPort();
            assertThat(weir("load", "--target=" + server.target(), "-c20", "-d4s", "--metrics=" + at))
                    .isEqualTo(ExitCodes.ENVIRONMENT);
            assertThat(err.toString())
                    .contains("the port for metrics must be free")
                    .contains("listen=" + at);
            assertThat(out.toString()).isEmpty();
        }
    }

    /** Of a page; none while nothing listens. */
    private static List<String> lines(String page) throws IOException {
        try (InputStream in = URI.create(page).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (ConnectException notListening) {
            return List.of();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, it answered HTTP 200 instead of 101",
        "HTTP/1.1 403 Forbidden, it answered HTTP 403 instead of 101",
        "HTTP/1.1 502 Bad Gateway, it answered HTTP 502 instead of 101",
        "SSH-2.0-OpenSSH, it does not speak HTTP: it sent 'SSH-2.0-OpenSSH"
    })
    void shouldExit4AndSaySoWhenTheTargetIsNoWebSocket(String answer, String says) {
        try (RawServer server = RawServer.answering(answer + "\r\n\r\n")) {
            assertThat(weir("load", "--target=" + server.target())).isEqualTo(ExitCodes.ENVIRONMENT);
            assertThat(err.toString()).contains("target must be a WebSocket").contains(says);
        }
    }

    @Test
    void shouldExit4WhenNothingListens() throws IOException {
        assertThat(weir("load", "--target=ws://127.0.0.1:" + freePort())).isEqualTo(ExitCodes.ENVIRONMENT);
        assertThat(err.toString()).contains("connection refused");
    }

    @Test
    void shouldExit4WithTheArithmeticWhenThisHostIsTooSmall() {
        assertThat(weir("load", "--target=ws://127.0.0.1:1", "-c5m")).isEqualTo(ExitCodes.ENVIRONMENT);
        assertThat(err.toString())
                .contains("connections must be <= ")
                .contains("source-ports at agents")
                .contains("--source-ip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--target=http://127.0.0.1:1",
                "--target=https://127.0.0.1:1",
                "--target=127.0.0.1:1",
                "--target=ws://",
                "--target=ws://a -c=x",
                "--target=ws://a -d=5",
                "--target=ws://a --stage=5s",
                "--target=ws://a --stage=5s:10 -c=5",
                "--target=ws://a --stalled=2",
                "--target=ws://a --stalled=0.6 --throttled=0.6:1k/s",
                "--target=ws://a --heartbeat=maybe",
                "--target=ws://a --payload=5",
                "--target=ws://a --protocol=stomp",
                "--target=ws://a --protocol=raw --publish=1/s",
                "--target=ws://a --reconnect=often",
                "--target=ws://a --threshold=fast",
                "--target=ws://a --metrics=here",
                "--target=ws://a --source-ip=here",
                "--target=ws://a --hop=edge",
                "--target=ws://a --header=broken",
                "--target=ws://a --publish-to=ws://a --publish=1/s",
                "--target=ws://a --conections=5",
                "-c=5"
            })
    void shouldExit2WhenMistyped(String arguments) {
        List<String> all = new ArrayList<>(List.of("load"));
        all.addAll(List.of(arguments.split(" ", -1)));
        assertThat(weir(all.toArray(String[]::new))).as(err.toString()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("weir: ").doesNotContain("\tat ");
    }

    @Test
    void shouldReportAndExit130WhenInterrupted() throws IOException, InterruptedException {
        try (PushServer server = new PushServer()) {
            // A shell gives what it runs in the background SIGINT ignored, and a JVM leaves it so.
            Process process = new ProcessBuilder(
                            "env",
                            "--default-signal=INT",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.weir.loadgen.Main",
                            "load",
                            "--target=" + server.target(),
                            "-c20",
                            "-d1m")
                    .redirectErrorStream(true)
                    .start();
            for (int i = 0; i < 500 && server.sockets().size() < 20; i++) {
                Thread.sleep(50);
            }
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isEqualTo(ExitCodes.INTERRUPTED);
            assertThat(said).contains("ramp").contains("20");
        }
    }
}
