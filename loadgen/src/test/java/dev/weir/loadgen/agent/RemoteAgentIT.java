package dev.weir.loadgen.agent;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.ClockOffset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RemoteAgentIT {
    private static final int SILENT_MILLIS_MAX = 200;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket server;

    private final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::welcomeAndSayNothing);
    }

    @AfterEach
    void close() throws IOException {
        ended.countDown();
        server.close();
    }

    /** As a host that vanishes: the line stays open and nothing comes any more. */
    private void welcomeAndSayNothing() {
        try (Socket asked = server.accept();
                Lines lines = new Lines(asked)) {
            lines.hear(Greeting.Hello.class);
            lines.say(new Greeting.Welcome(null));
            String line = lines.greeting();
            while (line.isEmpty()) {
                lines.say(new Greeting.Time(System.nanoTime()));
                line = lines.greeting();
            }
            lines.say(new Greeting.Welcome(null));
            ended.await();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private RemoteAgent led(int silentMillisMax) {
        return RemoteAgent.lead(
                new RemoteAgent.Address(server.getInetAddress().getHostAddress(), server.getLocalPort()),
                Socket::new,
                new Greeting.Hello("1", "token"),
                (ClockOffset clock) -> new Greeting.Start(1, 1, clock.nanos()),
                silentMillisMax);
    }

    @Test
    void shouldLoseAnAgentThatFallsSilent() {
        RemoteAgent agent = led(SILENT_MILLIS_MAX);

        assertThat(await(agent.tally()).generator().lostAgents()).isEqualTo(1);
        assertThat(agent.report().isLost()).isTrue();
    }

    @Test
    void shouldNameAnAgentThatOwesItsTally() {
        RemoteAgent agent = led(60_000);
        assertThat(agent.report().isLost()).isFalse();

        assertThat(agent.tally().isComplete()).isFalse();

        assertThat(agent.report().isLost()).isTrue();
    }
}
