package dev.weir.loadgen.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SocketDiagIT {
    private static final int BYTES = 1_234;

    @Test
    void shouldSeeListenersQueuesAndBothEndsAsTheyAre() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 7, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                Socket accepted = server.accept();
                Socket waiting = new Socket(loopback, server.getLocalPort())) {
            client.getOutputStream().write(new byte[BYTES]);

            List<SocketRow> rows = rows(server.getLocalPort(), false);
            SocketRow sent = one(rows, row -> row.localPort() == client.getLocalPort());
            SocketRow unread = one(rows, row -> row.remotePort() == client.getLocalPort());
            SocketRow notAccepted = one(rows, row -> row.localPort() == waiting.getLocalPort());
            List<SocketRow> listening =
                    rows.stream().filter(row -> row.state().equals("LISTEN")).toList();

            assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
            assertThat(unread.recvQueueBytes()).isEqualTo(BYTES);
            assertThat(sent.state()).isEqualTo("ESTAB");
            assertThat(sent.rwndLimitedMillis()).as("not asked for").isEqualTo(-1);
            assertThat(sent.pair()).as("the same addresses and far port").isEqualTo(notAccepted.pair());
            assertThat(listening).singleElement().satisfies(row -> {
                assertThat(row.recvQueueBytes()).as("not accepted yet").isEqualTo(1);
                assertThat(row.sendQueueBytes()).as("backlog").isEqualTo(7);
            });
        }
    }

    @Test
    void shouldTellRoundTripsAndUnsentBytesWhenAskedForThem() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 7, loopback);
                Socket client = new Socket(loopback, server.getLocalPort())) {
            List<SocketRow> detailed = rows(server.getLocalPort(), true).stream()
                    .filter(row -> row.localPort() == client.getLocalPort())
                    .toList();

            assertThat(detailed).singleElement().satisfies(row -> {
                assertThat(row.rttMillis()).isBetween(0.0, 1_000.0);
                assertThat(row.notSentBytes()).isZero();
                assertThat(row.rwndLimitedMillis()).isZero();
            });
        }
    }

    @Test
    void shouldEndTheWalkWhenThereAreMoreThanIsAskedFor() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 7, loopback);
                Socket client = new Socket(loopback, server.getLocalPort())) {
            assertThat(client.isConnected()).isTrue();
            assertThat(SocketDiag.walk(
                            ProcessHandle.current().pid(), SocketDiag.Family.IPV4, false, 1, sink(row -> true)))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhenThereIsNoSuchProcess() {
        assertThatThrownBy(
                        () -> SocketDiag.walk(Integer.MAX_VALUE, SocketDiag.Family.IPV4, false, 1, sink(row -> true)))
                .isInstanceOf(IOException.class);
    }

    private static SocketRow one(List<SocketRow> rows, Predicate<SocketRow> which) {
        return rows.stream().filter(which).findFirst().orElseThrow();
    }

    private static List<SocketRow> rows(int port, boolean detailed) throws IOException {
        List<SocketRow> rows = new ArrayList<>();
        SocketDiag.Sink sink = sink(row -> (row.localPort() == port || row.remotePort() == port) && rows.add(row));
        for (SocketDiag.Family family : SocketDiag.Family.values()) {
            SocketDiag.walk(ProcessHandle.current().pid(), family, detailed, 1_000, sink);
        }
        return rows;
    }

    private static SocketDiag.Sink sink(Predicate<SocketRow> into) {
        return new SocketDiag.Sink() {
            @Override
            public boolean wants(int localPort, int remotePort) {
                return true;
            }

            @Override
            public void take(SocketRow row) {
                boolean _ = into.test(row);
            }
        };
    }
}
