package dev.weir.loadgen.agent;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.ClockOffset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

final class AgentServerIT {
    private static final String TOKEN = "correct horse battery staple";
    private static final AgentServer.Capacity CAPACITY =
            new AgentServer.Capacity(connections -> Optional.empty(), connections -> new AgentShape(0, LoopShape.shared(1), connections));
    private static final int LONG_MILLIS = 60_000;

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

    private void serve(int silentMillisMax) {
        AgentServer server = new AgentServer(socket, "1", TOKEN, CAPACITY, said::add, silentMillisMax);
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
    void shouldBeFreeAgainWhenWhoLeadsFallsSilent() throws InterruptedException {
        serve(200);
        RemoteAgent silent = led();
        assertThat(next()).endsWith("leads up to 1 connections");

        assertThat(next()).endsWith(": gone");
        // Its line was closed: it waits for nobody either.
        assertThat(await(silent.tally()).generator().lostAgents()).isEqualTo(1);
        await(led().close());
    }
}
