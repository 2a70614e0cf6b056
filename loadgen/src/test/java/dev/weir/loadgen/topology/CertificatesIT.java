package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.agent.Agent;
import dev.weir.loadgen.agent.ConnectPlan;
import dev.weir.loadgen.agent.InProcessAgent;
import dev.weir.loadgen.agent.LoopShape;
import dev.weir.loadgen.client.RawServer;
import dev.weir.loadgen.client.TargetProbe;
import dev.weir.loadgen.client.TlsTrust;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Tally;
import dev.weir.proxy.render.TlsFiles;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate made on the spot, and agents that trust it, or do not. */
final class CertificatesIT {
    private static final int CONNECTIONS = 20;

    @TempDir
    private Path folder = Path.of("");

    private final Agent agent = new InProcessAgent(LoopShape.shared(1), true, 1);

    @AfterEach
    void close() throws Exception {
        await(agent.close());
    }

    @Test
    void shouldConnectWhenJustThatCertificateIsTrusted() throws Exception {
        TlsFiles files = Certificates.make(folder, List.of("127.0.0.1"));
        try (TlsServer server = new TlsServer(files)) {
            TlsTrust trust = new TlsTrust(files.certificate().toString(), false);

            assertThat(TargetProbe.complaint(server.target(), List.of(), trust)).isEmpty();
            Tally tally = connect(server.target(), trust);

            assertThat(tally.failures()).isEmpty();
            assertThat(tally.held()).isEqualTo(CONNECTIONS);
        }
        assertThat(Files.getPosixFilePermissions(files.key())).hasSize(2);
    }

    @Test
    void shouldFailAtTheStageTlsWhenTheCertificateIsNotTrusted() throws Exception {
        try (TlsServer server = new TlsServer(Certificates.make(folder, List.of("127.0.0.1")))) {
            Tally tally = connect(server.target(), TlsTrust.JDK);

            assertThat(tally.failures())
                    .containsExactly(Map.entry(new FailureKind("tls", "UNTRUSTED", 0), (long) CONNECTIONS));
            assertThat(TargetProbe.complaint(server.target(), List.of(), TlsTrust.JDK)
                            .orElseThrow())
                    .startsWith("target must be reachable: target=wss://127.0.0.1:")
                    .endsWith(
                            "its certificate is not signed by anyone trusted; give --ca FILE with it, or --insecure-tls");
        }
    }

    @Test
    void shouldFailAtTheStageTlsWhenTheCertificateIsOfAnotherHost() throws Exception {
        TlsFiles files = Certificates.make(folder, List.of("127.0.0.9"));
        try (TlsServer server = new TlsServer(files)) {
            Tally tally =
                    connect(server.target(), new TlsTrust(files.certificate().toString(), false));

            assertThat(tally.failures()).containsOnlyKeys(new FailureKind("tls", "WRONG_NAME", 0));
        }
    }

    @Test
    void shouldBelieveAnyoneWhenToldTo() throws Exception {
        try (TlsServer server = new TlsServer(Certificates.make(folder, List.of("127.0.0.9")))) {
            TlsTrust anyone = new TlsTrust("", true);

            assertThat(TargetProbe.complaint(server.target(), List.of(), anyone))
                    .isEqualTo(Optional.empty());
            assertThat(connect(server.target(), anyone).held()).isEqualTo(CONNECTIONS);
        }
    }

    @Test
    void shouldFailAtTheStageTlsWhenTheServerSpeaksNone() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            URI target = URI.create(server.target().toString().replace("ws:", "wss:"));

            Tally tally = connect(target, TlsTrust.JDK);

            assertThat(tally.failures().keySet()).extracting(FailureKind::stage).containsOnly("tls");
        }
    }

    private Tally connect(URI target, TlsTrust trust) throws Exception {
        ConnectPlan plan = new ConnectPlan(
                List.of(target),
                CONNECTIONS,
                0,
                100,
                ConnectPlan.Protocol.RAW,
                0,
                false,
                true,
                Duration.ofSeconds(5),
                List.of(),
                ConnectPlan.Binding.AT_CONNECT,
                ConnectPlan.Reconnect.NONE,
                List.of(),
                "edge",
                1,
                trust);
        await(agent.open(plan));
        return await(agent.tally());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
