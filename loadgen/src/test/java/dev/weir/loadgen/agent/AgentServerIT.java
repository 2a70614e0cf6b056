package dev.weir.loadgen.agent;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.ClockOffset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AgentServerIT {
    private static final String TOKEN = "correct horse battery staple";
    private static final AgentServer.Capacity CAPACITY = new AgentServer.Capacity(
            connections -> Optional.empty(), connections -> new AgentShape(0, LoopShape.shared(1), connections));
    private static final int LONG_MILLIS = 60_000;
    private static final int LETTERS_MAX = 500;
    private static final AgentServer.Patience GREETED_SOON = new AgentServer.Patience(300, LONG_MILLIS);

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private ServerSocket socket;

    @BeforeEach
    void bind() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    private void serve(AgentServer.Securing securing, AgentServer.Patience patience) {
        AgentServer server = new AgentServer(socket, securing, "1", TOKEN, CAPACITY, said::add, patience);
        Thread.ofVirtual().start(() -> {
            try {
                server.serve();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private RemoteAgent led() {
        return RemoteAgent.lead(
                new RemoteAgent.Address(socket.getInetAddress().getHostAddress(), socket.getLocalPort()),
                Socket::new,
                new Greeting.Hello("1", TOKEN),
                (ClockOffset clock) -> new Greeting.Start(1, 1, clock.nanos()),
                LONG_MILLIS);
    }

    /** The next line of its log; empty when there is none for long. */
    private String next() throws InterruptedException {
        @Nullable String line = said.poll(20, TimeUnit.SECONDS);
        return line == null ? "" : line;
    }

    @Test
    void shouldSayThatWhoLedIsGone() throws InterruptedException {
        serve(AgentServer.Securing.NONE, new AgentServer.Patience(LONG_MILLIS, LONG_MILLIS));
        await(led().close());
        assertThat(next()).endsWith("leads up to 1 connections");
        assertThat(next()).endsWith(": gone");
        // And nothing of an error, which would come before the next may lead.
        await(led().close());
        assertThat(next()).endsWith("leads up to 1 connections");
    }

    @Test
    void shouldBeFreeAgainWhenWhoLeadsFallsSilent() throws InterruptedException {
        serve(AgentServer.Securing.NONE, new AgentServer.Patience(LONG_MILLIS, 200));
        RemoteAgent silent = led();
        assertThat(next()).endsWith("leads up to 1 connections");

        assertThat(next()).endsWith(": gone");
        // Its line was closed: it waits for nobody either.
        assertThat(await(silent.tally()).generator().lostAgents()).isEqualTo(1);
        await(led().close());
    }

    @Test
    void shouldCloseOnWhoSaysALetterNowAndThen() throws Exception {
        serve(AgentServer.Securing.NONE, GREETED_SOON);
        assertThat(lettersUntilClosed(new byte[0])).isLessThan(LETTERS_MAX);
        assertThat(next()).endsWith("the greeting must end within 300 ms");
    }

    @Test
    void shouldCloseOnWhoNeverEndsAHandshake() throws Exception {
        SSLSocketFactory tls = SSLContext.getDefault().getSocketFactory();
        serve(raw -> tls.createSocket(raw, null, true), GREETED_SOON);
        byte[] recordOf16KiB = {22, 3, 1, 0x40, 0};
        assertThat(lettersUntilClosed(recordOf16KiB)).isLessThan(LETTERS_MAX);
        assertThat(next()).endsWith("the greeting must end within 300 ms");
    }

    @Test
    void shouldGoOnWithWhoGreetedInTime() throws InterruptedException {
        serve(AgentServer.Securing.NONE, new AgentServer.Patience(2_000, LONG_MILLIS));
        RemoteAgent agent = led();
        assertThat(next()).endsWith("leads up to 1 connections");
        assertThat(said.poll(2_500, TimeUnit.MILLISECONDS)).isNull();
        assertThat(await(agent.tally()).generator().lostAgents()).isZero();
        await(agent.close());
    }

    /** How many letters, 20 ms apart, the server takes. */
    private int lettersUntilClosed(byte[] first) throws IOException {
        try (Socket dribbling = new Socket(socket.getInetAddress(), socket.getLocalPort())) {
            dribbling.getOutputStream().write(first);
            dribbling.setSoTimeout(20);
            for (int letters = 0; letters < LETTERS_MAX; letters++) {
                try {
                    dribbling.getOutputStream().write('x');
                    if (dribbling.getInputStream().read() < 0) {
                        return letters;
                    }
                } catch (SocketTimeoutException e) {
                    // It still waits for the next.
                } catch (IOException reset) {
                    return letters;
                }
            }
            return LETTERS_MAX;
        }
    }
}
