package dev.weir.loadgen.agent;

import static dev.weir.loadgen.client.PushServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.client.PushServer;
import dev.weir.loadgen.client.RawServer;
import dev.weir.loadgen.client.ReconnectDelay;
import dev.weir.loadgen.client.TlsTrust;
import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.Closes;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndsIT {
    private static final byte[] CLOSE_3008 = {(byte) 0x88, 6, 0x0B, (byte) 0xC0, 's', 'l', 'o', 'w'};

    private final Agent agent = new InProcessAgent(LoopShape.shared(1), true, 1);

    @AfterEach
    void close() {
        await(agent.close());
    }

    private static ConnectPlan raw(URI target, int connections) {
        ConnectPlan plan = ConnectPlan.of(target, connections);
        return new ConnectPlan(
                plan.targets(),
                connections,
                0,
                100,
                ConnectPlan.Protocol.RAW,
                0,
                false,
                true,
                Duration.ofMillis(500),
                List.of(),
                ConnectPlan.Binding.AT_CONNECT,
                ConnectPlan.Reconnect.NONE,
                List.of(),
                "edge",
                1,
                TlsTrust.JDK);
    }

    private Tally tallyWhen(Predicate<Tally> enough) {
        Tally sum = Tally.EMPTY;
        for (int i = 0; i < 250 && !enough.test(sum); i++) {
            sum = sum.then(await(agent.tally()));
            pause(20);
        }
        return sum;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldBlameTheGatewayWhenACloseFrameComes() {
        try (RawServer server = switchingServer()) {
            await(agent.open(raw(server.target(), 3)));
            write(server, CLOSE_3008);
            Tally tally = tallyWhen(seen -> seen.closed() == 3);
            assertThat(tally.closes().keySet())
                    .containsExactly(new CloseKind("gateway", "close-frame", 3008, "slow", Cohort.NORMAL));
            assertThat(tally.held()).isZero();
        }
    }

    @Test
    void shouldCountOneEndAndComeBackOnceWhenAResetFollowsTheCloseFrame() throws IOException {
        try (RawServer server = switchingServer()) {
            await(agent.open(comingBack(raw(server.target(), 3))));
            await(agent.read(new ReadOrder(1, 0, 0)));
            write(server, CLOSE_3008);
            reset(server);
            Tally tally = tallyWhen(seen -> seen.closed() >= 3 && seen.held() >= 3);
            pause(3 * ReconnectDelay.RETRY_MILLIS);
            tally = tally.then(await(agent.tally()));
            assertThat(tally.closes().keySet())
                    .containsExactly(new CloseKind("gateway", "close-frame", 3008, "slow", Cohort.STALLED));
            assertThat(tally.closed()).isEqualTo(3);
            assertThat(tally.failures()).isEmpty();
            assertThat(tally.opened()).isEqualTo(6);
            assertThat(tally.held()).isEqualTo(3);
        }
    }

    private static ConnectPlan comingBack(ConnectPlan plan) {
        return new ConnectPlan(
                plan.targets(),
                plan.connections(),
                0,
                plan.inFlightMax(),
                plan.protocol(),
                plan.rooms(),
                plan.everyone(),
                plan.heartbeat(),
                plan.connectTimeout(),
                List.of(),
                ConnectPlan.Binding.AT_CONNECT,
                ConnectPlan.Reconnect.IMMEDIATE,
                List.of(),
                plan.nextHop(),
                plan.seed(),
                TlsTrust.JDK);
    }

    @Test
    void shouldBlameTheNextHopWhenAFinComes() throws IOException {
        try (RawServer server = switchingServer()) {
            await(agent.open(raw(server.target(), 3)));
            pause(150);
            for (Socket socket : server.sockets()) {
                socket.shutdownOutput();
            }
            Tally tally = tallyWhen(seen -> seen.closed() == 3);
            CloseKind fin = new CloseKind("edge", "fin", 1006, "", Cohort.NORMAL);
            assertThat(tally.closes().keySet()).containsExactly(fin);
            assertThat(closes(tally, fin).idleMillis().min()).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void shouldBlameTheNextHopWhenAResetComes() throws IOException {
        try (RawServer server = switchingServer()) {
            await(agent.open(raw(server.target(), 3)));
            reset(server);
            Tally tally = tallyWhen(seen -> seen.closed() == 3);
            assertThat(tally.closes().keySet()).containsExactly(new CloseKind("edge", "rst", 1006, "", Cohort.NORMAL));
        }
    }

    @Test
    void shouldSeeAResetAtOnceWhenReadersAreStalled() throws IOException {
        try (RawServer server = switchingServer()) {
            await(agent.open(raw(server.target(), 4)));
            await(agent.read(new ReadOrder(0.5, 0, 0)));
            write(server, new byte[] {(byte) 0x81, 1, 'x'});
            Tally before = tallyWhen(seen -> seen.deliveries(Cohort.NORMAL).delivered() == 2);
            assertThat(before.deliveries(Cohort.STALLED).delivered()).isZero();
            reset(server);
            Tally tally = tallyWhen(seen -> seen.closed() == 4);
            assertThat(closes(tally, new CloseKind("edge", "rst", 1006, "", Cohort.STALLED))
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void shouldReadSlowlyWhenThrottled() {
        try (RawServer server = switchingServer()) {
            await(agent.open(raw(server.target(), 1)));
            await(agent.read(new ReadOrder(0, 1, 100)));
            byte[] frames = new byte[300];
            for (int i = 0; i < frames.length; i += 10) {
                frames[i] = (byte) 0x81;
                frames[i + 1] = 8;
            }
            write(server, frames);
            pause(1_000);
            Tally tally = await(agent.tally());
            assertThat(tally.deliveries(Cohort.THROTTLED).delivered()).isBetween(5L, 15L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, http-status, 200",
        "HTTP/1.1 403 Forbidden, http-status, 403",
        "HTTP/1.1 502 Bad Gateway, http-status, 502",
        "HTTP/1.1 101 Switching Protocols, http-status, 101",
        "220 mail.example ESMTP, no-101, 0"
    })
    void shouldSayWhatWasAnsweredWhenThereIsNoWebSocket(String statusLine, String stage, int status) {
        try (RawServer server = RawServer.answering(statusLine + "\r\nContent-Length: 0\r\n\r\n")) {
            await(agent.open(raw(server.target(), 2)));
            Tally tally = await(agent.tally());
            assertThat(tally.failures()).isEqualTo(Map.of(new FailureKind(stage, "", status), 2L));
            assertThat(tally.held()).isZero();
        }
    }

    @Test
    void shouldNameTheErrnoWhenNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        await(agent.open(raw(URI.create("ws://127.0.0.1:" + port), 2)));
        assertThat(await(agent.tally()).failures())
                .isEqualTo(Map.of(new FailureKind("connect", "ECONNREFUSED", 0), 2L));
    }

    @Test
    void shouldNameTheErrnoWhenTheSourceAddressIsNotOurs() {
        try (RawServer server = switchingServer()) {
            ConnectPlan plan = raw(server.target(), 1);
            await(agent.open(withSource(plan, "192.0.2.1")));
            assertThat(await(agent.tally()).failures())
                    .isEqualTo(Map.of(new FailureKind("bind", "EADDRNOTAVAIL", 0), 1L));
        }
    }

    @Test
    void shouldUseSourceAddressesInTurnWhenGiven() {
        try (RawServer server = switchingServer()) {
            ConnectPlan plan = raw(server.target(), 1);
            await(agent.open(withSource(plan, "127.0.0.7")));
            assertThat(server.sockets().getFirst().getInetAddress().getHostAddress())
                    .isEqualTo("127.0.0.7");
        }
    }

    private static ConnectPlan withSource(ConnectPlan plan, String address) {
        return new ConnectPlan(
                plan.targets(),
                plan.connections(),
                0,
                100,
                plan.protocol(),
                0,
                false,
                true,
                plan.connectTimeout(),
                List.of(address),
                ConnectPlan.Binding.AT_CONNECT,
                ConnectPlan.Reconnect.NONE,
                List.of(),
                "edge",
                1,
                TlsTrust.JDK);
    }

    @Test
    void shouldSayNo101WhenTheServerIsSilentOrEnds() {
        try (RawServer silent = new RawServer((socket, request) -> {});
                RawServer ending = new RawServer((socket, request) -> socket.close())) {
            await(agent.open(raw(silent.target(), 1)));
            await(agent.open(raw(ending.target(), 1)));
            assertThat(await(agent.tally()).failures())
                    .isEqualTo(Map.of(
                            new FailureKind("no-101", "ETIMEDOUT", 0), 1L, new FailureKind("no-101", "", 0), 1L));
        }
    }

    @Test
    void shouldEndTheConnectionWhenTheServerBreaksTheProtocol() {
        try (RawServer server = switchingServer()) {
            await(agent.open(raw(server.target(), 1)));
            write(server, new byte[] {(byte) 0xC1, 1, 'x'});
            Tally tally = tallyWhen(seen -> seen.closed() == 1);
            assertThat(tally.closes().keySet())
                    .containsExactly(new CloseKind("agents", "close-frame", 1002, "reserved bits set", Cohort.NORMAL));
        }
    }

    @Test
    void shouldComeBackWhenToldToReconnect() {
        try (PushServer server = new PushServer()) {
            ConnectPlan plan = ConnectPlan.of(server.target(), 5);
            ConnectPlan immediate = new ConnectPlan(
                    plan.targets(),
                    5,
                    0,
                    100,
                    plan.protocol(),
                    1,
                    false,
                    true,
                    plan.connectTimeout(),
                    List.of(),
                    ConnectPlan.Binding.AT_CONNECT,
                    ConnectPlan.Reconnect.IMMEDIATE,
                    List.of(),
                    "edge",
                    1,
                    TlsTrust.JDK);
            await(agent.open(immediate));
            server.sockets().forEach(socket -> socket.close((short) 3001, "shutdown"));
            Tally tally = tallyWhen(seen -> seen.opened() == 10);
            assertThat(tally.held()).isEqualTo(5);
            assertThat(tally.closes().keySet())
                    .containsExactly(new CloseKind("gateway", "close-frame", 3001, "shutdown", Cohort.NORMAL));
        }
    }

    @Test
    void shouldAnswerPingsWhenHeartbeatIsOn() {
        try (PushServer server = new PushServer()) {
            await(agent.open(ConnectPlan.of(server.target(), 3)));
            server.say("{}");
            for (int i = 0; i < 100 && server.pongs.get() < 3; i++) {
                pause(20);
            }
            assertThat(server.pongs).hasValue(3);
        }
    }

    private static Closes closes(Tally tally, CloseKind kind) {
        Closes closes = tally.closes().get(kind);
        if (closes == null) {
            throw new AssertionError(tally.closes().keySet());
        }
        return closes;
    }

    private static RawServer switchingServer() {
        return new RawServer((socket, request) -> socket.getOutputStream().write(RawServer.switching(request)));
    }

    private static void write(RawServer server, byte[] bytes) {
        try {
            for (Socket socket : server.sockets()) {
                OutputStream output = socket.getOutputStream();
                output.write(bytes);
                output.flush();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void reset(RawServer server) throws IOException {
        for (Socket socket : server.sockets()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
