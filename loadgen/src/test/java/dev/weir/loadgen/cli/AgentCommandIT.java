package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.loadgen.Main;
import dev.weir.loadgen.client.PushServer;
import dev.weir.loadgen.topology.TestCertificate;
import dev.weir.proxy.render.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class AgentCommandIT {
    private static final String TOKEN = "correct horse battery staple";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PushServer server = new PushServer();
    private final List<Process> agents = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @AfterEach
    void end() {
        agents.forEach(Process::destroyForcibly);
        server.close();
    }

    private Path token(String text) throws IOException {
        return Files.writeString(folder.resolve("token"), text);
    }

    /** Starts an agent; yields where it listens. */
    private String startAgent(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "agent",
                "--token-file=" + folder.resolve("agent-token")));
        Files.writeString(folder.resolve("agent-token"), TOKEN + "\n");
        command.addAll(more.length == 0 ? List.of("--listen=127.0.0.1:0") : List.of(more));
        Process agent = new ProcessBuilder(command).redirectErrorStream(true).start();
        agents.add(agent);
        BufferedReader says = agent.inputReader();
        String line = String.valueOf(says.readLine());
        assertThat(line).startsWith("agent listens at ");
        // Nobody else reads what it says: a full pipe would stop it.
        Thread.ofVirtual().start(() -> says.lines().forEach(ignored -> {}));
        return line.substring("agent listens at ".length());
    }

    private int load(Path tokenFile, String addresses, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "load",
                "--target=" + server.target(),
                "--agents=" + addresses,
                "--agent-token-file=" + tokenFile,
                "-R2k/s"));
        arguments.addAll(List.of(more));
        CommandLine line = CommandLines.create();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("load/run.json").toFile());
    }

    @Test
    void shouldAddUpWhatTwoAgentsDid() throws IOException {
        String both = startAgent() + "," + startAgent();

        int code = load(
                token(TOKEN),
                both,
                "-c201",
                "-d1s",
                "--publish=20/s",
                "--publish-to=" + server.api(),
                "--api-key=key",
                "-o" + folder);

        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCodes.OK);
        long opened = 0;
        long delivered = 0;
        for (JsonNode agent : record().at("/actual/agents")) {
            assertThat(agent.get("opened").asLong()).isIn(100L, 101L);
            assertThat(agent.get("clockWithinNanos").asLong()).isPositive();
            opened += agent.get("opened").asLong();
            delivered += agent.get("delivered").asLong();
        }
        JsonNode hold = record().at("/phases/1");
        assertThat(opened).isEqualTo(201);
        assertThat(hold.at("/connections/heldAtEnd").asLong()).isEqualTo(201);
        assertThat(delivered)
                .isPositive()
                .isEqualTo(hold.at("/deliveries/delivered").asLong());
        assertThat(hold.at("/deliveries/lost").asLong()).isZero();
        // One host has one clock: what is measured from it is no more wrong than its bound.
        for (JsonNode agent : record().at("/actual/agents")) {
            assertThat(Math.abs(agent.get("clockAheadNanos").asLong()))
                    .isLessThanOrEqualTo(agent.get("clockWithinNanos").asLong());
        }
    }

    @Test
    void shouldNameAnAgentThatEndsInMidRunAndBeInconclusive() throws Exception {
        String first = startAgent();
        String second = startAgent();
        Thread killing = Thread.ofVirtual().start(() -> {
            while (server.sockets().size() < 100) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            agents.getLast().destroyForcibly();
        });

        int code = load(token(TOKEN), first + "," + second, "-c100", "-d4s", "-o" + folder);
        killing.join();

        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(record().at("/verdict/why").toString())
                .contains("1 of the agents ended or fell silent in mid-run (" + second);
        assertThat(record().at("/actual/agents/0/isLost").asBoolean()).isFalse();
        assertThat(record().at("/actual/agents/1/isLost").asBoolean()).isTrue();
    }

    @Test
    void shouldServeOneLeaderAfterAnother() throws IOException {
        String agent = startAgent();
        assertThat(load(token(TOKEN), agent, "-c10", "-d0")).as(err.toString()).isZero();
        assertThat(load(token(TOKEN), agent, "-c20", "-d0")).as(err.toString()).isZero();
    }

    @Test
    void shouldLeadOverTlsWhereTheCertificateIsBelieved() throws IOException {
        TlsFiles tls = TestCertificate.make(folder);
        String agent = startAgent("--listen=127.0.0.1:0", "--tls-cert=" + tls.certificate(), "--tls-key=" + tls.key());

        assertThat(load(token(TOKEN), agent, "-c10", "-d0", "--agent-ca=" + tls.certificate()))
                .as(err.toString())
                .isZero();
        assertThat(load(token(TOKEN), agent, "-c10", "-d0", "--agent-ca=" + anotherCertificate()))
                .isEqualTo(ExitCodes.ENVIRONMENT);
    }

    private Path anotherCertificate() throws IOException {
        return TestCertificate.make(Files.createDirectory(folder.resolve("other")))
                .certificate();
    }

    @Test
    void shouldRefuseWhoDoesNotKnowTheToken() throws IOException {
        assertThat(load(token("another secret of 30 characters"), startAgent(), "-c10", "-d0"))
                .isEqualTo(ExitCodes.ENVIRONMENT);
        assertThat(err.toString()).contains("token must be the agent's");
    }

    @Test
    void shouldOutliveWhoSaysNothingThatBelongsHere() throws IOException {
        String agent = startAgent();
        int colon = agent.lastIndexOf(':');
        try (Socket hostile = new Socket(agent.substring(0, colon), Integer.parseInt(agent.substring(colon + 1)))) {
            hostile.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            hostile.setSoTimeout(5_000);
            assertThat(hostile.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(load(token(TOKEN), agent, "-c10", "-d0")).as(err.toString()).isZero();
    }

    @Test
    void shouldWantTlsBeyondLoopback() throws IOException {
        assertThat(load(token(TOKEN), "192.0.2.1:7070", "-c10")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--agent-ca must be given beyond loopback: agent=192.0.2.1:7070");
    }
}
