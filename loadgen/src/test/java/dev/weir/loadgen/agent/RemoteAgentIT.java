package dev.weir.loadgen.agent;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.measure.ClockOffset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RemoteAgentIT {
    private static final int SILENT_MILLIS_MAX = 200;
    private static final long AHEAD_NANOS = 5_000_000_000L;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket server;

    private final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        ended.countDown();
        server.close();
    }

    private interface Work {
        void go(Lines lines) throws IOException, InterruptedException;
    }

    /** As a host that vanishes: the line stays open and nothing comes any more. */
    private void fallSilent(Lines lines) throws InterruptedException {
        ended.await();
    }

    /** As a host whose clock has run ahead since the greeting. */
    private static void answerAhead(Lines lines) throws IOException {
        for (@Nullable String line = lines.in().readLine();
                line != null;
                line = lines.in().readLine()) {
            long id = AgentJson.read(line, AgentOrder.class).id();
            lines.say(new AgentAnswer(id, null, null, System.nanoTime() + AHEAD_NANOS));
        }
    }

    private void serve(Work work) {
        Thread.ofVirtual().start(() -> welcome(work));
    }

    private void welcome(Work work) {
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
            work.go(lines);
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
        serve(this::fallSilent);
        RemoteAgent agent = led(SILENT_MILLIS_MAX);

        assertThat(await(agent.tally()).generator().lostAgents()).isEqualTo(1);
        assertThat(agent.report().isLost()).isTrue();
    }

    @Test
    void shouldNameAnAgentThatOwesItsTally() {
        serve(this::fallSilent);
        RemoteAgent agent = led(60_000);

        assertThat(agent.tally().isComplete()).isFalse();

        assertThat(agent.report().isLost()).isTrue();
    }

    @Test
    void shouldKnowAClockNoBetterThanItHasRun() {
        serve(RemoteAgentIT::answerAhead);
        RemoteAgent.Report report = led(60_000).report();

        assertThat(report.isLost()).isFalse();
        // One host has one clock, so that it is wrong by as much as this one says more than it should.
        assertThat(report.clockWithinNanos()).isBetween(AHEAD_NANOS, 2 * AHEAD_NANOS);
    }
}
