package dev.weir.loadgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.loadgen.topology.RunningHop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The chain that {@code weir up} starts, watched as a stranger would: by process ids and two pages. */
@Timeout(90)
final class DiagnoseCommandIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Socket> held = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void shouldFindNothingWhenTheChainIsWell() throws Exception {
        try (RunningChain chain = start(Map.of())) {
            List<Socket> clients = open(chain, 60);

            assertThat(diagnose(chain, () -> {})).as(out + "\n" + err).isEqualTo(ExitCodes.OK);
            assertThat(out.toString()).contains("no cause fits the evidence").contains("observing took");
            close(clients);
        }
    }

    @Test
    void shouldNameTheIdleTimerWhenTheEdgeCuts() throws Exception {
        try (RunningChain chain = start(Map.of("edge.proxy_read_timeout", "1s"))) {
            assertThat(diagnose(chain, () -> open(chain, 60)))
                    .as(out + "\n" + err)
                    .isEqualTo(ExitCodes.NOT_AS_EXPECTED);
            assertThat(out.toString())
                    .contains("cause: idle-timeout at edge")
                    .contains("fix: edge: proxy_read_timeout");
        }
    }

    @Test
    void shouldNameTheSlotsWhenAClientUsesThemUp() throws Exception {
        try (RunningChain chain = start(Map.of("edge.worker_connections", "40"))) {
            assertThat(diagnose(chain, () -> open(chain, 120)))
                    .as(out + "\n" + err)
                    .isEqualTo(ExitCodes.NOT_AS_EXPECTED);
            assertThat(out.toString()).contains("cause: worker-slots at edge");
        }
    }

    @Test
    void shouldRefuseWhatIsNotThereWhenAHopIsNamed() {
        assertThat(weir("diagnose", "--hop", "edge=pid:4194303")).isEqualTo(ExitCodes.ENVIRONMENT);
        assertThat(err.toString()).contains("hop must be a process that runs: edge=pid:4194303");
        assertThat(weir("diagnose")).isEqualTo(ExitCodes.USAGE);
        assertThat(weir("diagnose", "--hop", "edge")).isEqualTo(ExitCodes.USAGE);
        assertThat(weir("diagnose", "--hop", "edge=pid:1", "--for", "0s")).isEqualTo(ExitCodes.USAGE);
    }

    private RunningChain start(Map<String, String> settings) {
        return Runs.topology().forced().start(new Chain(1, 1, 1, "tuned", settings, 100), folder);
    }

    private interface Act {
        void run() throws IOException;
    }

    /** Watches for four seconds, from the second of which on something is done to the chain. */
    private int diagnose(RunningChain chain, Act act) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("diagnose", "--for=5s"));
        for (RunningHop hop : chain.hops()) {
            String pages = hop.status().map(uri -> ",status=" + uri).orElse("")
                    + hop.metrics().map(uri -> ",metrics=" + uri).orElse("");
            arguments.add("--hop=" + hop.name() + "=pid:" + hop.pid() + pages);
        }
        Thread actor = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(1_500);
                act.run();
            } catch (IOException | InterruptedException e) {
                err.append("act: ").append(String.valueOf(e));
            }
        });
        int code = weir(arguments.toArray(String[]::new));
        actor.join();
        return code;
    }

    private int weir(String... arguments) {
        CommandLine line = CommandLines.create();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    /** Upgrades and stays silent. The sockets are kept: the collector closes those that nobody holds. */
    private List<Socket> open(RunningChain chain, int count) throws IOException {
        URI target = chain.targets().getFirst();
        String request =
                "GET " + target.getPath() + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
            held.add(socket);
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
